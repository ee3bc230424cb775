/** What a cluster needs before its first process starts: certificates, kubeconfigs. */
@NullMarked
package io.tiphys.bootstrap;

import org.jspecify.annotations.NullMarked;
