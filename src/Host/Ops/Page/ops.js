'use strict';

// Empty where the page is not shown on the machine of the process: an administrator's token acts then, once it is given.
const token = document.querySelector('meta[name=ops-token]').content;
let bearer = '';
const faultNames = ['latencyMs', 'stallRate', 'stallMs', 'errorRate', 'errorAfterEffectRate', 'rateLimitRate', 'lostReplyRate', 'dropConnectionRate'];
const pauseMs = 5000;
const byId = (id) => document.getElementById(id);

// Text goes in as text, never as markup: messages may quote what a stranger sent.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const time = (text) => text ? make('time', { datetime: text }, new Date(text).toLocaleTimeString()) : '–';
const number = (value) => value === null || value === undefined
  ? '–'
  : value.toLocaleString(undefined, { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });

function line(values) {
  const width = 300, height = 56;
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, 0), low = Math.min(...known, 0);
  const y = (value) => height - 3 - (height - 6) * (top === low ? 0 : (value - low) / (top - low));
  const step = width / Math.max(1, values.length - 1);
  let path = '', isDrawing = false;
  values.forEach((value, i) => {
    if (value !== null) path += `${isDrawing ? 'L' : 'M'}${(i * step).toFixed(1)} ${y(value).toFixed(1)}`;
    isDrawing = value !== null;
  });
  return path;
}

function chart(signal, minutes) {
  const now = signal.values.at(-1) ?? null;
  const known = signal.values.filter((value) => value !== null);
  const most = known.length ? Math.max(...known) : null;
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 300 56');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `${signal.title}, the last ${minutes} minutes: now ${number(now)} ${signal.unit}, at most ${number(most)} ${signal.unit}`);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', line(signal.values));
  svg.append(path);
  return make('div', { class: 'chart' },
    make('h3', {}, signal.title),
    make('span', { class: 'now' }, number(now)), ' ', make('span', { class: 'unit' }, signal.unit), ' ',
    make('span', { class: 'most' }, most === null ? '' : `most ${number(most)}`),
    svg);
}

function showSignals(data) {
  const minutes = Math.max(1, Math.round((data.signals[0]?.values.length ?? 0) * data.sampleSeconds / 60));
  const groups = Map.groupBy
    ? Map.groupBy(data.signals, (signal) => signal.group)
    : data.signals.reduce((all, signal) => all.set(signal.group, [...(all.get(signal.group) ?? []), signal]), new Map());
  byId('signals').replaceChildren(...[...groups].map(([group, signals]) =>
    make('section', { 'aria-label': group }, make('h2', {}, group), make('div', { class: 'charts' }, ...signals.map((signal) => chart(signal, minutes))))));
}

function table(caption, heads, rows, none) {
  if (rows.length === 0) return make('p', {}, none);
  return make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    make('table', {},
      make('caption', {}, caption),
      make('thead', {}, make('tr', {}, ...heads.map((head) => make('th', { scope: 'col' }, head)))),
      make('tbody', {}, ...rows)));
}

const row = (...cells) => make('tr', {}, ...cells.map((cell) => cell instanceof HTMLTableCellElement ? cell : make('td', {}, cell ?? '–')));
const id = (text) => make('td', { class: 'id' }, text ?? '–');

function showHealth(data) {
  const tiles = data.dependencies.map((one) => make('li', {}, `${one.name}: `,
    make('span', { class: one.status === 'Healthy' ? 'good' : one.status === 'Degraded' ? 'doubt' : 'bad' },
      one.status === 'Healthy' ? 'available' : one.description ?? one.status.toLowerCase())));
  const breakers = data.breakers.map((one) => make('li', {}, `breaker ${one.pipeline}: `,
    make('span', { class: one.state === 'closed' ? 'good' : one.state === 'half_open' ? 'doubt' : 'bad' }, one.state.replace('_', ' '))));
  const destinations = data.destinations.map((one) => make('li', {}, `${one.cluster} ${one.destination}: `,
    make('span', { class: one.isWell ? 'good' : 'bad' }, one.isWell ? 'is well' : 'is ill')));
  byId('dependencies').replaceChildren(...tiles, ...breakers, ...destinations);
}

// Rebuilt only when something changed, so that focus and scrolling stay where they are.
function replaceWhenChanged(element, value, build) {
  const text = JSON.stringify(value);
  if (element.dataset.shown === text) return;
  element.dataset.shown = text;
  element.replaceChildren(...build());
}

function showActs(data) {
  replaceWhenChanged(byId('switches'), data.switches, () => data.switches.map((one) => make('li', {},
    make('span', { class: 'words' }, make('strong', {}, one.name), ' is ', make('span', { class: one.isOn ? 'good' : 'bad' }, one.isOn ? 'on' : 'off'),
      one.isFixed ? ', held off by the configuration' : '', one.offSince ? ', since ' : '', one.offSince ? time(one.offSince) : '',
      one.isOn ? '' : `. Members read: “${one.sentence}”`),
    make('button', { type: 'button', disabled: one.isFixed, onclick: () => turn(one) }, `Switch ${one.name} ${one.isOn ? 'off' : 'on'}`))));
  replaceWhenChanged(byId('checks'), data.checks, () => data.checks.map((one) => make('li', {},
    make('span', { class: 'words', id: `check-${one.name}` }, 'Reads everything in one snapshot; writers go on.'),
    make('button', { type: 'button', onclick: (event) => check(one, event.currentTarget) }, one.title))));
}

function showTables(data) {
  replaceWhenChanged(byId('parked'), data.parked, () => [data.parked === null
    ? make('p', { class: 'bad' }, 'What is parked can’t be read.')
    : table('Parked rows', ['Module', 'Kind', 'Id', 'Reason', 'Since'],
      data.parked.map((one) => row(one.module, one.kind, id(one.id), one.reason, time(one.since))), 'Nothing is parked.')]);
  replaceWhenChanged(byId('messages'), data.messages, () => [table('Newest first', ['At', 'Level', 'Message', 'Fault', 'Trace'],
    data.messages.map((one) => row(time(one.at), make('td', { class: one.level === 'Warning' ? 'doubt' : 'bad' }, one.level), one.message, one.fault, id(one.traceId))),
    'No error and no warning since the start.')]);
  replaceWhenChanged(byId('destinations'), data.destinations, () => [table('Destinations', ['Cluster', 'Destination', 'Address', 'Asked', 'Seen', 'Is well'],
    data.destinations.map((one) => row(one.cluster, one.destination, one.address, one.active, one.passive,
      make('td', { class: one.isWell ? 'good' : 'bad' }, one.isWell ? 'yes' : 'no'))), 'This process is no gateway.')]);
  replaceWhenChanged(byId('routes'), data.routes, () => [table('Routes', ['Route', 'Path', 'Cluster'],
    data.routes.map((one) => row(one.route, id(one.path), one.cluster)), '')]);
}

const proof = () => bearer ? { Authorization: `Bearer ${bearer}` } : token ? { 'X-Ops-Token': token } : {};

function askForSignIn() {
  const form = byId('sign-in');
  form.hidden = token !== '';
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    bearer = form.elements.bearer.value.trim();
    form.hidden = true;
    byId('acted').textContent = 'The buttons act with this token.';
  });
}

async function act(method, path, body) {
  const answer = await fetch(path, {
    method,
    headers: { ...proof(), ...(body ? { 'Content-Type': 'application/json' } : {}) },
    body: body ? JSON.stringify(body) : undefined,
  });
  const said = await answer.json().catch(() => ({}));
  if (answer.status === 401 || answer.status === 403) {
    bearer = '';
    byId('sign-in').hidden = token !== '';
  }
  if (!answer.ok) throw new Error(said.detail ?? said.error?.message ?? `The answer was ${answer.status}.`);
  return said;
}

async function acting(what) {
  try {
    byId('acted').textContent = await what();
  } catch (fault) {
    byId('acted').textContent = fault.message;
  }
  await refresh();
}

const turn = (one) => acting(async () => {
  await act('PUT', `/ops/switches/${one.name}`, { isOn: !one.isOn });
  return `${one.name} was switched ${one.isOn ? 'off' : 'on'} for all hosts.`;
});

const check = (one, button) => acting(async () => {
  button.disabled = true;
  byId('acted').textContent = `${one.title}: running…`;
  try {
    const found = await act('POST', `/ops/checks/${one.name}`);
    byId(`check-${one.name}`).textContent = found.summary;
    return `${one.title}: ${found.isSound ? 'sound' : 'NOT SOUND'}. ${found.summary}`;
  } finally {
    button.disabled = false;
  }
});

async function showSandbox(hasSandbox) {
  if (!hasSandbox || !byId('sandbox').hidden) return;
  const faults = await (await fetch('/ops/sandbox/faults')).json();
  byId('faults').append(
    ...faultNames.map((name) => make('label', {}, name, make('input', {
      name, type: 'number', min: '0', max: name.endsWith('Rate') ? '1' : '60000', step: name.endsWith('Rate') ? '0.1' : '1', value: String(faults[name] ?? 0),
    }))),
    make('button', { type: 'submit' }, 'Set faults'),
    make('button', { type: 'button', onclick: () => clearFaults() }, 'End all faults'));
  byId('faults').addEventListener('submit', (event) => {
    event.preventDefault();
    const wanted = Object.fromEntries(faultNames.map((name) => [name, Number(event.target.elements[name].value)]));
    acting(async () => { await act('PUT', '/ops/sandbox/faults', wanted); return 'The sandbox goes wrong as asked.'; });
  });
  byId('sandbox').hidden = false;
}

const clearFaults = () => acting(async () => {
  await act('DELETE', '/ops/sandbox/faults');
  for (const name of faultNames) byId('faults').elements[name].value = '0';
  return 'The sandbox works again.';
});

async function refresh() {
  try {
    const answer = await fetch('/ops/data', { cache: 'no-store' });
    if (!answer.ok) throw new Error(`The answer was ${answer.status}.`);
    const data = await answer.json();
    showHealth(data);
    showSignals(data);
    showActs(data);
    showTables(data);
    await showSandbox(data.hasSandbox);
    byId('state').className = '';
    byId('state').textContent = `${data.host}, ${new Date(data.timestamp).toLocaleTimeString()}`;
  } catch (fault) {
    byId('state').className = 'bad';
    byId('state').textContent = `This process can’t be asked: ${fault.message} What is shown is old.`;
  }
}

async function live() {
  await refresh();
  setTimeout(live, pauseMs);
}

askForSignIn();
live();
