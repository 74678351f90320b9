'use strict';

const refreshMilliseconds = 2000;

function read(form) {
  const switches = {};
  for (const input of form.querySelectorAll('input')) {
    switches[input.name] = input.type === 'checkbox' ? input.checked : Number(input.value);
  }
  return switches;
}

function show(form, switches) {
  for (const input of form.querySelectorAll('input')) {
    if (input.type === 'checkbox') {
      input.checked = switches[input.name];
    } else {
      input.value = switches[input.name];
    }
  }
  const isOn = Object.values(switches).some(Boolean);
  const title = form.querySelector('h2');
  title.querySelector('.badge')?.remove();
  if (isOn) {
    const badge = document.createElement('span');
    badge.className = 'badge open';
    badge.textContent = 'on';
    title.append(badge);
  }
}

async function change(form, method) {
  const said = form.querySelector('output');
  said.textContent = '';
  try {
    const put = { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(read(form)) };
    const response = await fetch(form.dataset.switches, method === 'PUT' ? put : { method });
    const answer = await response.json();
    if (response.ok) {
      show(form, answer);
      said.textContent = 'In force.';
    } else {
      said.textContent = answer.error.message;
    }
  } catch {
    said.textContent = 'The sandbox does not answer.';
  }
}

for (const form of document.querySelectorAll('form[data-switches]')) {
  form.addEventListener('submit', event => {
    event.preventDefault();
    change(form, 'PUT');
  });
  form.querySelector('[data-reset]').addEventListener('click', () => change(form, 'DELETE'));
}

async function refresh(list) {
  // What somebody reads, selects or has the keyboard in stays as it is.
  const scrolled = [...list.querySelectorAll('.scroll')].some(region => region.scrollTop > 0 || region.scrollLeft > 0);
  if (document.hidden || scrolled || list.contains(document.activeElement) || !document.getSelection().isCollapsed) {
    return;
  }
  try {
    const response = await fetch(location.pathname);
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const fresh = page.querySelector('[data-live]');
    if (response.ok && fresh && fresh.innerHTML !== list.innerHTML) {
      list.replaceChildren(...fresh.childNodes);
    }
  } catch {
    // The sandbox restarts: the next round asks again.
  }
}

const list = document.querySelector('[data-live]');
if (list) {
  setInterval(() => refresh(list), refreshMilliseconds);
}
