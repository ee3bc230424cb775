package io.tiphys.apiserver.kinds.storage;

import io.tiphys.apiserver.kinds.StatusStrategy;
import io.tiphys.apiserver.resource.Strategy;
import java.util.Map;

/** The strategies of {@code storage.k8s.io} by resource. */
public final class StorageKinds {
  public static final String GROUP = "storage.k8s.io";

  public static final Map<String, Strategy> STRATEGIES =
      Map.of(
          "storageclasses", new StorageClassStrategy(),
          "csidrivers", new CsiDriverStrategy(),
          "csinodes", new CsiNodeStrategy(),
          "csistoragecapacities", new StorageCapacityStrategy(),
          "volumeattachments", new VolumeAttachmentStrategy(),
          "volumeattachments/status", StatusStrategy.PLAIN,
          "volumeattributesclasses", new VolumeAttributesClassStrategy());

  private StorageKinds() {}
}
