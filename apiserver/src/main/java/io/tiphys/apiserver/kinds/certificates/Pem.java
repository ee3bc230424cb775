package io.tiphys.apiserver.kinds.certificates;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Checks of PEM texts, which the API carries in base64. */
final class Pem {
  private Pem() {}

  /** What is wrong with a certificate signing request (RFC 2986); empty if nothing is. */
  static Optional<String> requestFault(String base64) {
    Optional<String> noRequest = Optional.of("PEM block type must be CERTIFICATE REQUEST");
    try (PemReader reader = new PemReader(new StringReader(decode(base64)))) {
      PemObject block = reader.readPemObject();
      if (block == null || !block.getType().equals("CERTIFICATE REQUEST")) {
        return noRequest;
      }
      PKCS10CertificationRequest request = new PKCS10CertificationRequest(block.getContent());
      boolean signed =
          request.isSignatureValid(
              new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()));
      return signed ? Optional.empty() : Optional.of("x509: signature verification failed");
    } catch (IOException e) {
      return base64.isEmpty() ? noRequest : Optional.of("asn1: " + e.getMessage());
    } catch (OperatorCreationException | PKCSException e) {
      return Optional.of("x509: " + e.getMessage());
    } catch (IllegalArgumentException _) {
      return noRequest;
    }
  }

  /** What is wrong with a chain of certificates; empty if nothing is. */
  static Optional<String> certificatesFault(String base64) {
    try (PemReader reader = new PemReader(new StringReader(decode(base64)))) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      int found = 0;
      for (PemObject block = reader.readPemObject();
          block != null;
          block = reader.readPemObject()) {
        if (!block.getType().equals("CERTIFICATE")) {
          return Optional.of(
              "only CERTIFICATE PEM blocks are allowed, found \"" + block.getType() + "\"");
        }
        if (!block.getHeaders().isEmpty()) {
          return Optional.of("no PEM block headers are permitted");
        }
        factory.generateCertificate(new ByteArrayInputStream(block.getContent()));
        found++;
      }
      return found == 0
          ? Optional.of("must contain at least one CERTIFICATE PEM block")
          : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.of("must contain at least one CERTIFICATE PEM block");
    } catch (CertificateException e) {
      return Optional.of("x509: " + e.getMessage());
    }
  }

  private static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
