// What a program on the official JavaScript client does: node scenario.mjs NAMESPACE (KUBECONFIG is set).
// Ends with 0 and "done", or fails with the assertion that did not hold.
import assert from 'node:assert/strict';
import * as k8s from '@kubernetes/client-node';

const namespace = process.argv[2];
const config = new k8s.KubeConfig();
config.loadFromDefault();
const core = config.makeApiClient(k8s.CoreV1Api);
const apps = config.makeApiClient(k8s.AppsV1Api);
const objects = k8s.KubernetesObjectApi.makeApiClient(config);

function configMap(name, value) {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace, labels: { app: 'node' } }, data: { value } };
}

const version = await config.makeApiClient(k8s.VersionApi).getCode();
assert.equal(version.minor, '36');

// An informer lists, watches, and hears of every change.
const heard = [];
const waiting = [];
function awaitEvent(text) {
  return heard.includes(text) ? Promise.resolve() : new Promise((resolve) => waiting.push({ text, resolve }));
}
function hear(text) {
  heard.push(text);
  waiting.filter((w) => w.text === text).forEach((w) => w.resolve());
}
const informer = k8s.makeInformer(
  config,
  `/api/v1/namespaces/${namespace}/configmaps`,
  () => core.listNamespacedConfigMap({ namespace, labelSelector: 'app=node' }),
  'app=node',
);
informer.on('add', (o) => hear(`add ${o.metadata.name}`));
informer.on('update', (o) => hear(`update ${o.metadata.name} ${o.data.value}`));
informer.on('delete', (o) => hear(`delete ${o.metadata.name}`));
await informer.start();

const created = await core.createNamespacedConfigMap({ namespace, body: configMap('one', '1') });
assert.ok(created.metadata.uid);
await awaitEvent('add one');

created.data.value = '2';
const replaced = await core.replaceNamespacedConfigMap({ namespace, name: 'one', body: created });
assert.notEqual(replaced.metadata.resourceVersion, created.metadata.resourceVersion);
await awaitEvent('update one 2');

// A stale object is refused.
await assert.rejects(
  core.replaceNamespacedConfigMap({ namespace, name: 'one', body: created }),
  (e) => e.code === 409 && JSON.parse(e.body).reason === 'Conflict',
);

// Server-side apply through the generic client.
const applied = await objects.patch(
  configMap('one', '3'), undefined, undefined, 'node-test', true, k8s.PatchStrategy.ServerSideApply);
assert.equal(applied.data.value, '3');
assert.ok(applied.metadata.managedFields.some((m) => m.manager === 'node-test' && m.operation === 'Apply'));
await awaitEvent('update one 3');

// Typed objects get their defaults.
const deployment = await apps.createNamespacedDeployment({
  namespace,
  body: {
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  },
});
assert.equal(deployment.spec.replicas, 1);
assert.equal(deployment.spec.strategy.rollingUpdate.maxSurge, '25%');
const scale = await apps.readNamespacedDeploymentScale({ namespace, name: 'web' });
assert.equal(scale.spec.replicas, 1);

// Pages.
for (const name of ['two', 'three']) {
  await core.createNamespacedConfigMap({ namespace, body: configMap(name, name) });
}
const first = await core.listNamespacedConfigMap({ namespace, labelSelector: 'app=node', limit: 2 });
assert.equal(first.items.length, 2);
const rest = await core.listNamespacedConfigMap({
  namespace, labelSelector: 'app=node', limit: 2, _continue: first.metadata._continue,
});
assert.deepEqual([...first.items, ...rest.items].map((o) => o.metadata.name), ['one', 'three', 'two']);

await core.deleteNamespacedConfigMap({ namespace, name: 'one' });
await awaitEvent('delete one');
await assert.rejects(core.readNamespacedConfigMap({ namespace, name: 'one' }), (e) => e.code === 404);

await informer.stop();
console.log('done');
process.exit(0);
