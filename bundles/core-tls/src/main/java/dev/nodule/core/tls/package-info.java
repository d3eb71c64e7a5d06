/** TLS over the streams of other modules, by the JDK's engine. */
@NullMarked
package dev.nodule.core.tls;

import org.jspecify.annotations.NullMarked;
