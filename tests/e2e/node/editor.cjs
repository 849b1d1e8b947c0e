// node editor.cjs QUESTION ANSWER: what an editor with the YAML language server says about files while they are typed.
// question: {root, settings, files: {name: text}, at: [name, line, character]}
// answer: {problems: {name: [`line: message`]}, offered: [name], hover: text}
const fs = require('node:fs');
const { spawn } = require('node:child_process');
const { pathToFileURL } = require('node:url');

const [asked, answered] = process.argv.slice(2);
const { root, settings, files, at } = JSON.parse(fs.readFileSync(asked, 'utf8'));
const uriOf = (name) => pathToFileURL(`${root}/${name}`).href;
const yaml = { validate: true, completion: true, hover: true, schemaStore: { enable: false }, schemas: settings['yaml.schemas'] };
const server = spawn(process.execPath, [require.resolve('yaml-language-server/bin/yaml-language-server'), '--stdio']);
const waiting = new Map();
const problems = {};
let [pending, last, arrived] = [Buffer.alloc(0), 0, () => {}];

function send(message) {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

function ask(method, params) {
  return new Promise((resolve) => {
    waiting.set((last += 1), resolve);
    send({ id: last, method, params });
  });
}

function take(message) {
  if (message.method === 'textDocument/publishDiagnostics') {
    const name = decodeURIComponent(message.params.uri.split('/').pop());
    problems[name] = message.params.diagnostics.map((each) => `${each.range.start.line + 1}: ${each.message.split('\n')[0]}`);
    arrived();
  } else if (message.method === 'workspace/configuration') {
    send({ id: message.id, result: message.params.items.map((item) => (item.section === 'yaml' ? yaml : null)) });
  } else if (message.method && message.id !== undefined) {
    send({ id: message.id, result: null });
  } else if (waiting.has(message.id)) {
    waiting.get(message.id)(message.result);
  }
}

server.stdout.on('data', (data) => {
  pending = Buffer.concat([pending, data]);
  for (let head; (head = pending.indexOf('\r\n\r\n')) >= 0; ) {
    const end = head + 4 + Number(/Content-Length: (\d+)/.exec(pending.subarray(0, head))[1]);
    if (pending.length < end) return;
    const message = JSON.parse(pending.subarray(head + 4, end));
    pending = pending.subarray(end);
    take(message);
  }
});

async function main() {
  const folder = pathToFileURL(root).href;
  const workspaceFolders = [{ uri: folder, name: 'blog' }];
  await ask('initialize', { processId: null, rootUri: folder, workspaceFolders, capabilities: { workspace: { configuration: true } } });
  send({ method: 'initialized', params: {} });
  send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml } } });
  const all = new Promise((resolve) => {
    arrived = () => Object.keys(files).every((name) => name in problems) && resolve();
  });
  for (const [name, text] of Object.entries(files)) {
    send({ method: 'textDocument/didOpen', params: { textDocument: { uri: uriOf(name), languageId: 'yaml', version: 1, text } } });
  }
  await all;
  const place = { textDocument: { uri: uriOf(at[0]) }, position: { line: at[1], character: at[2] } };
  const offered = await ask('textDocument/completion', place);
  const hover = await ask('textDocument/hover', { ...place, position: { line: at[1] - 1, character: at[2] + 1 } });
  fs.writeFileSync(answered, JSON.stringify({ problems, offered: (offered.items || offered).map((item) => item.label), hover: hover?.contents?.value || '' }));
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
