/** What is served, told to clients: groups, versions and resources. */
@NullMarked
package io.tiphys.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
