package io.tiphys.apiserver.representation;

/**
 * How an answer is to look.
 *
 * @param metaVersion of {@code meta.k8s.io} for tables and partial objects: {@code v1} or {@code
 *     v1beta1}; else ""
 * @param pretty whether JSON is indented
 */
public record Output(Format format, View view, String metaVersion, boolean pretty) {
  public static final Output JSON = new Output(Format.JSON, View.OBJECT, "", false);
  public static final Output PRETTY = new Output(Format.JSON, View.OBJECT, "", true);

  /** What is shown of an object. */
  public enum View {
    /** All of it. */
    OBJECT,
    /** Columns to print. */
    TABLE,
    /** {@code PartialObjectMetadata} and its list. */
    METADATA
  }

  /** Whether stored encodings can be sent as they are. */
  public boolean isPlain() {
    return format == Format.JSON && view == View.OBJECT && !pretty;
  }

  /** The value of {@code Content-Type}. */
  public String contentType(boolean stream) {
    String type = format.mediaType();
    if (view != View.OBJECT) {
      type +=
          ";as="
              + (view == View.TABLE ? "Table" : "PartialObjectMetadata")
              + ";g=meta.k8s.io;v="
              + metaVersion;
    }
    return stream ? type + ";stream=watch" : type;
  }
}
