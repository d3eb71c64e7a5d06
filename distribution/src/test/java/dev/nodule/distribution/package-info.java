/** Tests of the built distribution: real processes, real sockets, real packages. */
@NullMarked
package dev.nodule.distribution;

import org.jspecify.annotations.NullMarked;
