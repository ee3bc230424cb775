package io.tiphys.model.validation;

import io.tiphys.model.json.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects the errors of one object. Confined to one thread. */
public final class FieldErrors {
  private final List<FieldError> errors = new ArrayList<>();

  public void add(FieldError error) {
    errors.add(error);
  }

  public void required(FieldPath path, String detail) {
    add(FieldError.required(path, detail));
  }

  public void invalid(FieldPath path, Json value, String detail) {
    add(FieldError.invalid(path, value, detail));
  }

  public void forbidden(FieldPath path, String detail) {
    add(FieldError.forbidden(path, detail));
  }

  public void duplicate(FieldPath path, Json value) {
    add(FieldError.duplicate(path, value));
  }

  public void notSupported(FieldPath path, Json value, Collection<String> supported) {
    add(FieldError.notSupported(path, value, supported));
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  public List<FieldError> list() {
    return List.copyOf(errors);
  }
}
