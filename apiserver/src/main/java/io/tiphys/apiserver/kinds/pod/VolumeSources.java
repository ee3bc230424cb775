package io.tiphys.apiserver.kinds.pod;

import io.tiphys.apiserver.kinds.Scope;
import io.tiphys.apiserver.kinds.Texts;
import io.tiphys.model.json.JsonString;
import io.tiphys.model.validation.FieldError;
import io.tiphys.model.validation.Names;
import java.util.List;
import java.util.Locale;

/** The sources of volumes that pods and persistent volumes share, a method for each. */
public final class VolumeSources {
  private static final List<String> HOST_PATH_TYPES =
      List.of(
          "",
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");

  private VolumeSources() {}

  public static void hostPath(Scope source) {
    source.requiredFormat("path", Texts::noBacksteps);
    source.oneOf("type", HOST_PATH_TYPES);
  }

  public static void nfs(Scope source) {
    source.required("server");
    source.requiredFormat("path", Texts::absolutePath);
  }

  public static void awsElasticBlockStore(Scope source) {
    source.required("volumeID");
    source.range("partition", 0, 255);
  }

  public static void gcePersistentDisk(Scope source) {
    source.required("pdName");
    source.range("partition", 0, 255);
  }

  public static void iscsi(Scope source) {
    source.required("targetPortal");
    if (source.required("iqn")) {
      String iqn = source.string("iqn");
      source.unless(
          !iqn.startsWith("iqn.") && !iqn.startsWith("eui.") && !iqn.startsWith("naa."),
          "iqn",
          "must be valid format");
    }
    source.range("lun", 0, 255);
    boolean chap =
        source.value().bool("chapAuthDiscovery") || source.value().bool("chapAuthSession");
    if (chap && !source.has("secretRef")) {
      source.required("secretRef");
    }
  }

  public static void fc(Scope source) {
    boolean wwns = source.isSet("targetWWNs");
    boolean wwids = source.isSet("wwids");
    if (!wwns && !wwids) {
      source.required("targetWWNs", "must specify either targetWWNs or wwids, but not both");
    }
    if (wwns && wwids) {
      source.invalid("targetWWNs", "targetWWNs and wwids can not be specified simultaneously");
    }
    if (wwns) {
      if (source.has("lun")) {
        source.range("lun", 0, 255);
      } else {
        source.required("lun", "lun is required if targetWWNs is specified");
      }
    }
  }

  public static void glusterfs(Scope source) {
    source.required("endpoints");
    source.required("path");
  }

  public static void rbd(Scope source) {
    source.required("monitors");
    source.required("image");
  }

  public static void cephfs(Scope source) {
    source.required("monitors");
  }

  public static void cinder(Scope source) {
    source.required("volumeID");
    secretRef(source, "secretRef");
  }

  public static void quobyte(Scope source) {
    source.required("registry", "must be a host:port pair or multiple pairs separated by commas");
    source.required("volume");
  }

  public static void flocker(Scope source) {
    boolean name = source.isSet("datasetName");
    boolean uuid = source.isSet("datasetUUID");
    if (!name && !uuid) {
      source.errors().required(source.path(), "one of datasetName and datasetUUID is required");
    }
    if (name && uuid) {
      source
          .errors()
          .invalid(
              source.path(),
              JsonString.of("resource"),
              "datasetName and datasetUUID can not be specified simultaneously");
    }
    source.unless(
        source.string("datasetName").contains("/"), "datasetName", "must not contain '/'");
  }

  public static void flexVolume(Scope source) {
    source.required("driver");
  }

  public static void azureFile(Scope source) {
    source.required("secretName");
    source.required("shareName");
  }

  public static void azureDisk(Scope source) {
    source.required("diskName");
    source.required("diskURI");
    source.oneOf("cachingMode", List.of("None", "ReadOnly", "ReadWrite"));
  }

  public static void vsphereVolume(Scope source) {
    source.required("volumePath");
  }

  public static void photonPersistentDisk(Scope source) {
    source.required("pdID");
  }

  public static void portworxVolume(Scope source) {
    source.required("volumeID");
  }

  public static void scaleIo(Scope source) {
    source.required("gateway");
    source.required("system");
    source.required("volumeName");
  }

  public static void storageos(Scope source) {
    if (!source.isSet("volumeName") && !source.isSet("volumeNamespace")) {
      source.required("volumeName");
    }
    source.format("volumeName", Names::dnsLabel);
    source.format("volumeNamespace", Names::dnsLabel);
    secretRef(source, "secretRef");
  }

  public static void local(Scope source) {
    source.requiredFormat("path", Texts::noBacksteps);
  }

  /** The name of a CSI driver: a DNS subdomain of at most 63 characters. */
  public static void csiDriver(Scope source) {
    if (source.required("driver")) {
      String driver = source.string("driver");
      if (driver.length() > 63) {
        source.errors().add(FieldError.tooLong(source.at("driver"), 63));
      }
      source.format(source.at("driver"), driver.toLowerCase(Locale.ROOT), Names::dnsSubdomain);
    }
  }

  /** A reference to a secret needs its name, if there is one. */
  public static void secretRef(Scope source, String field) {
    source.with(field, ref -> ref.required("name"));
  }
}
