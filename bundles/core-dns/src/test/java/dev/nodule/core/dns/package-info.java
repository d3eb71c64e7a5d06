/** Tests of DNS messages and of questions to a server of the test's own. */
@NullMarked
package dev.nodule.core.dns;

import org.jspecify.annotations.NullMarked;
