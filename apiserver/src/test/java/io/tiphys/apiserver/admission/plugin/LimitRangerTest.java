package io.tiphys.apiserver.admission.plugin;

import static io.tiphys.apiserver.admission.plugin.Admissions.create;
import static io.tiphys.apiserver.admission.plugin.Admissions.json;
import static io.tiphys.apiserver.admission.plugin.Admissions.mutated;
import static io.tiphys.apiserver.admission.plugin.Admissions.refusal;
import static io.tiphys.apiserver.admission.plugin.Admissions.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tiphys.apiserver.registry.FakeRegistry;
import io.tiphys.model.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitRangerTest {
  private final FakeRegistry registry = new FakeRegistry();
  private final LimitRanger plugin = new LimitRanger(registry.stored());

  private void range(String name, String limit) {
    registry.put(
        "",
        "limitranges",
        json(
            "{'metadata':{'name':'"
                + name
                + "','namespace':'n'},'spec':{'limits':["
                + limit
                + "]}}"));
  }

  @Test
  void whatContainersLeaveOpenIsFilledInAndNoted() {
    range(
        "r",
        "{'type':'Container','default':{'cpu':'1','memory':'1Gi'},'defaultRequest':{'cpu':'500m',"
            + "'memory':'512Mi'}}");
    JsonObject pod =
        mutated(
            plugin,
            create(
                "pods",
                "{'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'100m'}}}],"
                    + "'initContainers':[{'name':'i','resources':{'limits':{'cpu':'2','memory':"
                    + "'2Gi'},'requests':{'cpu':'2','memory':'2Gi'}}}]}}"));
    assertThat(pod)
        .isEqualTo(
            json(
                "{'metadata':{'annotations':{'kubernetes.io/limit-ranger':'LimitRanger plugin set:"
                    + " memory request for container a; cpu, memory limit for container a'}},"
                    + "'spec':{'containers':[{'name':'a','resources':{'requests':{'cpu':'100m',"
                    + "'memory':'512Mi'},'limits':{'cpu':'1','memory':'1Gi'}}}],'initContainers':["
                    + "{'name':'i','resources':{'limits':{'cpu':'2','memory':'2Gi'},'requests':{"
                    + "'cpu':'2','memory':'2Gi'}}}]}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      emptyValue = "",
      textBlock =
          """
          {'type':'Container','max':{'cpu':'1'}} | {'containers':[{'resources':{'limits':{'cpu':'2'}}}]} | maximum cpu usage per Container is 1, but limit is 2
          {'type':'Container','max':{'cpu':'1'}} | {'containers':[{}]} | maximum cpu usage per Container is 1.  No limit is specified
          {'type':'Container','max':{'cpu':'1'}} | {'initContainers':[{'resources':{'limits':{'cpu':'1'},'requests':{'cpu':'3'}}}]} | maximum cpu usage per Container is 1, but request is 3
          {'type':'Container','min':{'memory':'1Gi'}} | {'containers':[{'resources':{'requests':{'memory':'512Mi'}}}]} | minimum memory usage per Container is 1Gi, but request is 512Mi
          {'type':'Container','min':{'memory':'1Gi'}} | {'containers':[{}]} | minimum memory usage per Container is 1Gi.  No request is specified
          {'type':'Container','maxLimitRequestRatio':{'cpu':'2'}} | {'containers':[{'resources':{'limits':{'cpu':'3'},'requests':{'cpu':'1'}}}]} | cpu max limit to request ratio per Container is 2, but provided ratio is 3.000000
          {'type':'Container','maxLimitRequestRatio':{'cpu':'2'}} | {'containers':[{'resources':{'limits':{'cpu':'3'}}}]} | cpu max limit to request ratio per Container is 2, but no request is specified or request is 0
          {'type':'Container','max':{'cpu':'1'}} | {'containers':[{},{}]} | maximum cpu usage per Container is 1.  No limit is specified
          {'type':'Container','max':{'cpu':'1'},'min':{'memory':'1'}} | {'containers':[{}]} | [minimum memory usage per Container is 1.  No request is specified, maximum cpu usage per Container is 1.  No limit is specified]
          {'type':'Pod','max':{'cpu':'2'}} | {'containers':[{'resources':{'limits':{'cpu':'1'}}},{'resources':{'limits':{'cpu':'2'}}}]} | maximum cpu usage per Pod is 2, but limit is 3
          {'type':'Pod','max':{'cpu':'2'}} | {'containers':[{'resources':{'limits':{'cpu':'1'}}}],'initContainers':[{'resources':{'limits':{'cpu':'3'}}}]} | maximum cpu usage per Pod is 2, but limit is 3
          {'type':'Pod','max':{'cpu':'2'}} | {'containers':[{'resources':{'limits':{'cpu':'1'}}}],'initContainers':[{'resources':{'limits':{'cpu':'2'}}}]} | ~~
          {'type':'PersistentVolumeClaim','max':{'storage':'1'}} | {} | ~~
          """)
  void boundsOfPods(String limit, String spec, String fault) {
    range("r", limit);
    assertThat(refusal(plugin, create("pods", "{'metadata':{'name':'p'},'spec':" + spec + "}")))
        .isEqualTo(fault.isEmpty() ? "" : "pods \"p\" is forbidden: " + fault);
  }

  @Test
  void theFirstRangeThatIsNotKeptIsTold() {
    range("a", "{'type':'Container','max':{'cpu':'1'}}");
    range("b", "{'type':'Container','max':{'memory':'1'}}");
    assertThat(refusal(plugin, create("pods", "{'spec':{'containers':[{}]}}")))
        .endsWith("maximum cpu usage per Container is 1.  No limit is specified");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      emptyValue = "",
      textBlock =
          """
          2Gi | ~~
          6Gi | maximum storage usage per PersistentVolumeClaim is 5Gi, but request is 6Gi
          1Mi | minimum storage usage per PersistentVolumeClaim is 1Gi, but request is 1Mi
          """)
  void boundsOfClaims(String size, String fault) {
    range("r", "{'type':'PersistentVolumeClaim','min':{'storage':'1Gi'},'max':{'storage':'5Gi'}}");
    String claim =
        "{'metadata':{'name':'c'},'spec':{'resources':{'requests':{'storage':'" + size + "'}}}}";
    String expected = fault.isEmpty() ? "" : "persistentvolumeclaims \"c\" is forbidden: " + fault;
    assertThat(refusal(plugin, create("persistentvolumeclaims", claim))).isEqualTo(expected);
    assertThat(refusal(plugin, update("persistentvolumeclaims", claim, claim))).isEqualTo(expected);
    String leaving = "{'metadata':{'deletionTimestamp':'2026-01-01T00:00:00Z'}}";
    assertThat(refusal(plugin, update("persistentvolumeclaims", claim, leaving))).isEmpty();
  }
}
