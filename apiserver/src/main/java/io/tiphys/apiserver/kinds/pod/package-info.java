/** What a pod's specification may say, alone or in the template of a workload. */
@NullMarked
package io.tiphys.apiserver.kinds.pod;

import org.jspecify.annotations.NullMarked;
