#!/bin/sh
# Makes the certificates and keys of the tests anew; they are valid for a hundred years.
set -e
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ca() {
  printf '[ca]\ndefault_ca = it\n[it]\ndatabase = %s/index\nserial = %s/serial\ncrlnumber = %s/crlnumber\ndefault_md = sha256\npolicy = any\nunique_subject = no\n[any]\ncommonName = supplied\n[issuer]\nbasicConstraints = critical, CA:true\n[end]\nbasicConstraints = CA:false\n' \
    "$work/$1" "$work/$1" "$work/$1" > "$work/$1.cnf"
  mkdir "$work/$1"
  : > "$work/$1/index"
  echo 01 > "$work/$1/serial"
  echo 01 > "$work/$1/crlnumber"
}
key() {
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$work/$1.key"
}
request() {
  key "$1"
  openssl req -new -key "$work/$1.key" -subj "/CN=$1" -out "$work/$1.csr"
}
# issue NAME ISSUER SECTION [FROM TO]
issue() {
  request "$1"
  openssl ca -batch -notext -config "$work/$2.cnf" -extensions "$3" -in "$work/$1.csr" -out "$1.pem" \
    -cert "$2.pem" -keyfile "$work/$2.key" -outdir "$work" \
    -startdate "${4:-20260101000000Z}" -enddate "${5:-21260101000000Z}" 2> /dev/null
}
for name in root intermediate; do ca "$name"; done
for name in root lonely; do
  key "$name"
  openssl req -x509 -key "$work/$name.key" -subj "/CN=$name" -days 36500 -out "$name.pem"
done
issue intermediate root issuer
issue leaf intermediate end
issue expired intermediate end 20200101000000Z 20210101000000Z
issue future intermediate end 21000101000000Z 21260101000000Z
issue revoked intermediate end
openssl ca -config "$work/intermediate.cnf" -cert intermediate.pem -keyfile "$work/intermediate.key" -revoke revoked.pem 2> /dev/null
for name in root intermediate; do
  openssl ca -config "$work/$name.cnf" -cert "$name.pem" -keyfile "$work/$name.key" -gencrl -crldays 36500 -out "$name.crl" 2> /dev/null
done
cat leaf.pem intermediate.pem > chain.pem
openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-pkcs8.key
openssl rsa -traditional -in rsa-pkcs8.key -out rsa-pkcs1.key 2> /dev/null
openssl pkcs8 -topk8 -in rsa-pkcs8.key -v2 aes-256-cbc -passout pass:secret -out rsa-encrypted.key
openssl rsa -traditional -in rsa-pkcs8.key -aes128 -passout pass:secret -out rsa-old-aes.key 2> /dev/null
openssl rsa -traditional -in rsa-pkcs8.key -des3 -passout pass:secret -out rsa-old-3des.key 2> /dev/null
openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ec-pkcs8.key
openssl ec -in ec-pkcs8.key -out ec-sec1.key 2> /dev/null
openssl genpkey -quiet -algorithm ED25519 -out ed25519.key
