#!/bin/sh
# Prints the time that all files of a distribution have, in seconds: SOURCE_DATE_EPOCH, else 1 January 2026.
echo "${SOURCE_DATE_EPOCH:-1767225600}"
