package dev.nodule.builder.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifest, as a parser of YAML sees it, fits the image beside it. */
class KubernetesManifestTest {
  private static final int USER = 65532;

  @Test
  void selectsProbesAndEndsWhatItMakes() throws Exception {
    String text =
        Template.fill(
            "kubernetes.yaml", Map.of("name", "app", "version", "1.0", "layout", "app.oci:1.0"));
    List<Map<String, Object>> documents = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
      documents.add(object(document));
    }
    Map<String, Object> deployment = documents.getFirst();
    assertEquals("Deployment", deployment.get("kind"));
    assertEquals("Service", documents.get(1).get("kind"));
    Map<String, Object> spec = object(deployment.get("spec"));
    Map<String, Object> template = object(spec.get("template"));
    Map<String, Object> pod = object(template.get("spec"));
    Map<String, Object> container = first(pod.get("containers"));
    assertEquals("REGISTRY/app:1.0", container.get("image"));
    // What the Deployment selects is what it makes, and what the Service sends to.
    Map<String, Object> selected = object(object(spec.get("selector")).get("matchLabels"));
    Map<String, Object> labels = object(object(template.get("metadata")).get("labels"));
    assertTrue(labels.entrySet().containsAll(selected.entrySet()));
    assertEquals(selected, object(documents.get(1).get("spec")).get("selector"));
    assertEquals("RollingUpdate", object(spec.get("strategy")).get("type"));
    assertEquals(USER, object(pod.get("securityContext")).get("runAsUser"));
    assertEquals(true, object(container.get("securityContext")).get("readOnlyRootFilesystem"));
    assertEquals("512Mi", object(object(container.get("resources")).get("limits")).get("memory"));
    Map<String, Object> port = first(container.get("ports"));
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertEquals(
          port.get("name"), object(object(container.get(probe)).get("tcpSocket")).get("port"));
    }
    Map<String, Object> before = object(object(container.get("lifecycle")).get("preStop"));
    assertTrue(
        (int) pod.get("terminationGracePeriodSeconds")
            > (int) object(before.get("sleep")).get("seconds"));
  }

  private static Map<String, Object> first(Object list) {
    return object(((List<?>) list).getFirst());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }
}
