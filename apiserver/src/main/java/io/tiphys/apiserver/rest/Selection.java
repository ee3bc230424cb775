package io.tiphys.apiserver.rest;

import io.tiphys.apiserver.request.RequestInfo;
import io.tiphys.apiserver.resource.ResourceType;
import io.tiphys.model.json.JsonObject;
import io.tiphys.model.selector.FieldSelector;
import io.tiphys.model.selector.LabelSelector;
import io.tiphys.model.selector.SelectorException;
import io.tiphys.model.status.ApiException;
import org.jspecify.annotations.Nullable;

/** Which objects of a resource a list or watch means. */
record Selection(LabelSelector labels, FieldSelector fields, FieldLabels known) {
  /**
   * @throws ApiException BadRequest for what is no selector or names an unknown field
   */
  static Selection of(ResourceType type, String labelSelector, String fieldSelector) {
    FieldLabels known = FieldLabels.of(type);
    try {
      LabelSelector labels =
          labelSelector.isEmpty() ? LabelSelector.EVERYTHING : LabelSelector.parse(labelSelector);
      FieldSelector fields =
          fieldSelector.isEmpty() ? FieldSelector.EVERYTHING : FieldSelector.parse(fieldSelector);
      fields.terms().forEach(term -> known.check(term.field(), type));
      return new Selection(labels, fields, known);
    } catch (SelectorException e) {
      throw ApiException.badRequest(e.getMessage());
    }
  }

  /** With the name that the old watch URLs give. */
  static Selection of(ResourceType type, String labels, String fields, RequestInfo info) {
    boolean named = !info.name().isEmpty() && fields.isEmpty();
    return of(type, labels, named ? "metadata.name=" + info.name() : fields);
  }

  boolean isEverything() {
    return labels.isEverything() && fields.isEverything();
  }

  boolean matches(@Nullable JsonObject object) {
    if (object == null) {
      return false;
    }
    return (labels.isEverything() || labels.matches(object.object("metadata").object("labels")))
        && (fields.isEverything() || fields.matches(label -> known.value(object, label)));
  }
}
