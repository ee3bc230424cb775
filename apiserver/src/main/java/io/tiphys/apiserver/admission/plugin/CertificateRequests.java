package io.tiphys.apiserver.admission.plugin;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Subjects of PEM certificate requests, as {@code spec.request} holds them in base64. */
final class CertificateRequests {
  private CertificateRequests() {}

  /** "" if the subject has none. */
  static String commonName(String base64) throws IOException {
    List<String> names = values(base64, BCStyle.CN);
    return names.isEmpty() ? "" : names.getFirst();
  }

  static List<String> organizations(String base64) throws IOException {
    return values(base64, BCStyle.O);
  }

  /** An RDN may hold several values: all are looked at. */
  private static List<String> values(String base64, ASN1ObjectIdentifier attribute)
      throws IOException {
    return Arrays.stream(parse(base64).getSubject().getRDNs())
        .flatMap(rdn -> Arrays.stream(rdn.getTypesAndValues()))
        .filter(pair -> pair.getType().equals(attribute))
        .map(AttributeTypeAndValue::getValue)
        .map(Object::toString)
        .toList();
  }

  private static PKCS10CertificationRequest parse(String base64) throws IOException {
    byte[] pem;
    try {
      pem = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException("PEM block type must be CERTIFICATE REQUEST", e);
    }
    try (PEMParser parser =
        new PEMParser(new StringReader(new String(pem, StandardCharsets.US_ASCII)))) {
      if (parser.readObject() instanceof PKCS10CertificationRequest request) {
        return request;
      }
      throw new IOException("PEM block type must be CERTIFICATE REQUEST");
    }
  }
}
