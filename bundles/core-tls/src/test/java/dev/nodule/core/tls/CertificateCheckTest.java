package dev.nodule.core.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Chains and what OpenSSL says of them. */
class CertificateCheckTest {
  private static X509Certificate root;
  private static X509Certificate intermediate;
  private static X509Certificate leaf;
  private static X509Certificate expired;
  private static X509Certificate future;
  private static X509Certificate lonely;

  @BeforeAll
  static void read() throws Exception {
    root = TestFiles.certificate("root.pem");
    intermediate = TestFiles.certificate("intermediate.pem");
    leaf = TestFiles.certificate("leaf.pem");
    expired = TestFiles.certificate("expired.pem");
    future = TestFiles.certificate("future.pem");
    lonely = TestFiles.certificate("lonely.pem");
  }

  private static String check(List<X509Certificate> roots, X509Certificate... shown) {
    return String.valueOf(new CertificateCheck(roots, List.of(), false).check(List.of(shown)));
  }

  @Test
  void aChainThatLeadsToARootIsGood() {
    assertEquals("null", check(List.of(root), leaf, intermediate));
    assertEquals("null", check(List.of(root), leaf, intermediate, root));
    assertEquals("null", check(List.of(root, intermediate), leaf));
    assertEquals("null", check(List.of(lonely), lonely));
    assertEquals("null", check(List.of(root), leaf, lonely, intermediate));
  }

  @Test
  void whatIsMissingHasAName() {
    assertEquals("UNABLE_TO_VERIFY_LEAF_SIGNATURE", check(List.of(root), leaf));
    assertEquals("UNABLE_TO_GET_ISSUER_CERT_LOCALLY", check(List.of(), leaf, intermediate));
    assertEquals("UNABLE_TO_GET_ISSUER_CERT", check(List.of(intermediate), leaf));
    assertEquals("SELF_SIGNED_CERT_IN_CHAIN", check(List.of(), leaf, intermediate, root));
    assertEquals("DEPTH_ZERO_SELF_SIGNED_CERT", check(List.of(root), lonely));
    assertEquals("UNABLE_TO_GET_ISSUER_CERT", check(List.of(root)));
  }

  @Test
  void timeIsCheckedAtLast() {
    assertEquals("CERT_HAS_EXPIRED", check(List.of(root), expired, intermediate));
    assertEquals("CERT_NOT_YET_VALID", check(List.of(root), future, intermediate));
    assertEquals("CERT_HAS_EXPIRED", check(List.of(), expired, intermediate));
  }

  @Test
  void aPartOfAChainCanBeTrusted() {
    CertificateCheck check = new CertificateCheck(List.of(intermediate), List.of(), true);
    assertNull(check.check(List.of(leaf)));
    assertNull(new CertificateCheck(List.of(leaf), List.of(), true).check(List.of(leaf)));
  }

  @Test
  void revokedCertificatesAreFound() throws Exception {
    List<X509CRL> lists = PemReader.revocationLists(TestFiles.read("intermediate.crl"));
    List<X509CRL> rootLists = PemReader.revocationLists(TestFiles.read("root.crl"));
    CertificateCheck check =
        new CertificateCheck(List.of(root), List.of(lists.getFirst(), rootLists.getFirst()), false);
    assertNull(check.check(List.of(leaf, intermediate)));
    X509Certificate revoked = TestFiles.certificate("revoked.pem");
    assertEquals("CERT_REVOKED", check.check(List.of(revoked, intermediate)));
    assertEquals(
        "UNABLE_TO_GET_CRL",
        new CertificateCheck(List.of(root), lists, false).check(List.of(leaf, intermediate)));
  }

  @Test
  void aChainIsCompletedFromTheTrusted() {
    CertificateCheck check = new CertificateCheck(List.of(root, intermediate), List.of(), false);
    assertEquals(List.of(leaf, intermediate, root), check.complete(List.of(leaf)));
    assertEquals(List.of(), check.complete(List.of()));
    assertSame(lonely, check.complete(List.of(lonely)).getFirst());
  }

  @Test
  void issuersMustBeAllowedToIssue() {
    assertSame(intermediate, CertificateCheck.issuerOf(leaf, List.of(root, intermediate)));
    assertNull(CertificateCheck.issuerOf(leaf, List.of(root, expired)));
    assertNull(CertificateCheck.issuerOf(root, List.of(root)));
  }
}
