import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * Makes a folder's jars fit for the AOT cache, which takes no class from a signed jar
 * (BouncyCastle's, whose signature Maven's checksum has made superfluous) and none of a class-file
 * version before Java 6 (picocli's): {@code java PrepareJars.java FOLDER}. These are some 900
 * classes that each start would parse and verify anew. A jar that is fit already stays as it is.
 */
final class PrepareJars {
  private PrepareJars() {}

  public static void main(String[] args) throws IOException {
    List<Path> jars;
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      jars = files.filter(f -> f.toString().endsWith(".jar")).toList();
    }
    for (Path jar : jars) {
      prepare(jar);
    }
  }

  private static void prepare(Path jar) throws IOException {
    Path changed = jar.resolveSibling(jar.getFileName() + ".new");
    try (JarFile from = new JarFile(jar.toFile(), false)) {
      if (from.stream().noneMatch(PrepareJars::isSignature) && !hasOldClass(from)) {
        return;
      }
      URL[] path = {jar.toUri().toURL()};
      try (URLClassLoader loader = new URLClassLoader(path);
          JarOutputStream to = new JarOutputStream(Files.newOutputStream(changed))) {
        copy(from, to, ClassHierarchyResolver.ofResourceParsing(loader));
      }
    }
    Files.move(changed, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static boolean isSignature(JarEntry entry) {
    return entry.getName().matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
  }

  /** Whether the jar's first class is old: a jar's classes come from one compiler. */
  private static boolean hasOldClass(JarFile jar) throws IOException {
    for (JarEntry entry : jar.stream().toList()) {
      if (isClass(entry)) {
        return isOld(bytes(jar, entry));
      }
    }
    return false;
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class")
        && !entry.getName().startsWith("META-INF/")
        && !entry.getName().endsWith("module-info.class");
  }

  private static boolean isOld(byte[] classFile) {
    return (classFile[6] << 8 | classFile[7]) < ClassFile.JAVA_6_VERSION;
  }

  private static void copy(JarFile from, JarOutputStream to, ClassHierarchyResolver hierarchy)
      throws IOException {
    for (JarEntry entry : from.stream().toList()) {
      if (isSignature(entry)) {
        continue;
      }
      JarEntry copy = new JarEntry(entry.getName());
      copy.setTime(entry.getTime());
      to.putNextEntry(copy);
      byte[] bytes = bytes(from, entry);
      if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
        bytes = withoutDigests(from.getManifest());
      } else if (isClass(entry) && isOld(bytes)) {
        bytes = renewed(bytes, hierarchy);
      }
      to.write(bytes);
      to.closeEntry();
    }
  }

  private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
    try (var in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static byte[] withoutDigests(Manifest manifest) throws IOException {
    Manifest plain = new Manifest();
    plain.getMainAttributes().putAll(manifest.getMainAttributes());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    plain.write(bytes);
    return bytes.toByteArray();
  }

  /** The same class as of Java 8, whose verification needs stack maps. */
  private static byte[] renewed(byte[] old, ClassHierarchyResolver hierarchy) {
    ClassFile format =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
          } else {
            builder.with(element);
          }
        };
    // Code that passes a transformation, be it one that changes nothing, is given stack maps.
    ClassTransform code = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
    return format.transformClass(format.parse(old), code.andThen(version));
  }
}
