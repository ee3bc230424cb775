package io.tiphys.apiserver.serviceaccount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tiphys.model.json.JsonObject;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {
  @TempDir private Path directory;

  @Test
  void keyIsMadeOnceWithItsPublicHalf() throws IOException {
    Path privateFile = directory.resolve("sa.key");
    Path publicFile = directory.resolve("sa.pub");
    SigningKey made = KeyFiles.readOrGenerate(privateFile, publicFile);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(privateFile)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(publicFile)))
        .isEqualTo("rw-r--r--");
    assertThat(privateFile).content().startsWith("-----BEGIN RSA PRIVATE KEY-----");
    SigningKey read = KeyFiles.readOrGenerate(privateFile, publicFile);
    assertThat(read.verification().id()).isEqualTo(made.verification().id());
    assertThat(KeyFiles.readVerificationKeys(publicFile)).containsExactly(made.verification());
    assertThat(KeyFiles.readVerificationKeys(privateFile)).containsExactly(made.verification());
  }

  @Test
  void ecdsaKeysAreReadInAllForms() throws IOException {
    SigningKey key = TestKeys.ec();
    Path sec1 =
        write(
            "sec1.key",
            new PemObject(
                "EC PRIVATE KEY",
                new org.bouncycastle.asn1.sec.ECPrivateKey(
                        256, ((ECPrivateKey) key.key()).getS(), SECObjectIdentifiers.secp256r1)
                    .getEncoded()));
    String pkcs8 =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key.key().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    Path other = Files.writeString(directory.resolve("pkcs8.key"), pkcs8);
    for (Path file : List.of(sec1, other)) {
      SigningKey read = KeyFiles.readSigningKey(file);
      assertThat(read.verification()).isEqualTo(key.verification());
      String token = Jwt.sign(JsonObject.of("a", 1), read);
      assertThat(Jwt.parse(token).orElseThrow().verifiedBy(key.verification())).isTrue();
    }
  }

  @Test
  void fileWithoutAKeyIsNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("empty.key"), "nothing\n");
    assertThatThrownBy(() -> KeyFiles.readSigningKey(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": there is no private key in PEM form");
    assertThatThrownBy(() -> KeyFiles.readVerificationKeys(file))
        .hasMessage(file + ": there is no key in PEM form");
  }

  @Test
  void documentsDescribeTheKeys() {
    SigningKey rsa = KeyFiles.generate();
    SigningKey ec = TestKeys.ec();
    OpenIdDocuments documents =
        OpenIdDocuments.of(
            "https://issuer",
            "https://10.0.0.1:6443/openid/v1/jwks",
            List.of(rsa.verification(), ec.verification()));
    assertThat(documents.configuration())
        .hasToString(
            "{\"id_token_signing_alg_values_supported\":[\"ES256\",\"RS256\"],"
                + "\"issuer\":\"https://issuer\","
                + "\"jwks_uri\":\"https://10.0.0.1:6443/openid/v1/jwks\","
                + "\"response_types_supported\":[\"id_token\"],"
                + "\"subject_types_supported\":[\"public\"]}");
    List<JsonObject> keys = documents.keys().array("keys").objects().toList();
    assertThat(keys.get(0).string("kty")).isEqualTo("RSA");
    assertThat(keys.get(0).string("e")).isEqualTo("AQAB");
    assertThat(Base64.getUrlDecoder().decode(keys.get(0).string("n"))).hasSize(256);
    assertThat(keys.get(0).string("kid")).isEqualTo(rsa.verification().id());
    assertThat(keys.get(1).string("crv")).isEqualTo("P-256");
    assertThat(Base64.getUrlDecoder().decode(keys.get(1).string("x"))).hasSize(32);
    assertThat(Base64.getUrlDecoder().decode(keys.get(1).string("y"))).hasSize(32);
  }

  private Path write(String name, PemObject key) throws IOException {
    StringWriter text = new StringWriter();
    try (PemWriter writer = new PemWriter(text)) {
      writer.writeObject(key);
    }
    return Files.writeString(directory.resolve(name), text.toString());
  }
}
