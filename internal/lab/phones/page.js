// The page of the lab: it shows what the server streams and posts what people do. What is streamed was escaped by the server.
'use strict';
(() => {
  const $ = (q, at = document) => at.querySelector(q);
  const $$ = (q, at = document) => [...at.querySelectorAll(q)];
  const body = document.body;
  const params = new URLSearchParams(location.search);
  params.set('lang', body.dataset.lang);
  for (const select of $$('select[data-param]')) if (select.value) params.set(select.dataset.param, select.value);

  // What a phone's composer is about: a message that is answered or edited.
  const about = { whatsapp: null, telegram: null, desk: null };

  const made = html => { const t = document.createElement('template'); t.innerHTML = html; return t.content; };

  // replace puts new parts in place of old ones, and the focus back where it was.
  function replace(el, html) {
    const had = document.activeElement && el.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
    el.replaceChildren(made(html));
    if (had) { const again = $(`[data-focus="${CSS.escape(had)}"]`, el); if (again) again.focus(); }
  }

  function showList(pane, change) {
    const log = $('#log-' + pane), scroll = log.parentElement;
    const old = new Map($$(':scope > li', log).map(li => [li.dataset.key, li]));
    const focused = document.activeElement && log.contains(document.activeElement) ? document.activeElement.closest('li') : null;
    let before = null;
    const keep = new Set(change.order);
    for (const [key, li] of old) if (!keep.has(key)) { li.remove(); old.delete(key); }
    for (const key of change.order) {
      let li = old.get(key);
      const html = (change.set || {})[key];
      if (html !== undefined) {
        const next = made(html).firstElementChild;
        if (li) {
          const more = $('.more', li), open = more && more.open; // who was about to act on it goes on
          li.replaceWith(next);
          if (open && $('.more', next)) $('.more', next).open = true;
          if (focused === li) ($('.more summary', next) || next).focus();
        }
        li = next;
      }
      if (!li) continue;
      const spot = before ? before.nextElementSibling : log.firstElementChild;
      if (spot !== li) log.insertBefore(li, spot);
      before = li;
    }
    $('#empty-' + pane).hidden = change.order.length > 0;
    if (!log.dataset.seen) { log.dataset.seen = '1'; scroll.dataset.end = 'yes'; }
    toEnd(scroll);
  }

  function showOptions(name, list) {
    const select = $(`select[data-param="${name}"]`);
    const had = params.get(name);
    select.replaceChildren(...list.map(([value, label]) => new Option(label, value)));
    if (list.some(([value]) => value === had)) select.value = had;
    select.hidden = list.length === 0;
  }

  let step = '';
  function lookAt(el) { // the tour shows who acts
    const at = $('.step', el);
    if (!at || at.dataset.n === step) return;
    const first = step === '';
    step = at.dataset.n;
    if (at.dataset.desk && $('#desk-who').value !== at.dataset.desk && !first) { $('#desk-who').value = at.dataset.desk; choose('desk', at.dataset.desk); }
    if (at.dataset.look) view(at.dataset.look);
  }

  function show(change) {
    if (change.order) return showList(change.pane, change);
    if (change.list) return showOptions(change.pane, change.list);
    if (change.pane === 'fault') return lost(change.html);
    const el = document.getElementById(change.pane);
    replace(el, change.html || '');
    if (change.pane === 'tour') lookAt(el);
  }

  function lost(words) { const p = $('#lost'); p.hidden = !words; p.textContent = words || ''; }

  let stream = null;
  function listen() {
    if (stream) stream.close();
    for (const log of $$('.log')) delete log.dataset.seen;
    stream = new EventSource('live?' + params);
    stream.onopen = () => lost('');
    stream.onmessage = e => show(JSON.parse(e.data));
    stream.onerror = () => lost(body.dataset.lost);
  }

  function choose(name, value) {
    params.set(name, value);
    if (name === 'whatsapp' || name === 'telegram' || name === 'desk') forget(name);
    history.replaceState(null, '', '?' + params);
    listen();
  }

  function view(name) {
    body.dataset.show = name;
    for (const b of $$('.tabs button')) b.setAttribute('aria-pressed', b.dataset.view === name);
    const scroll = $(`.${name} .scroll`);
    if (scroll) { scroll.dataset.end = 'yes'; toEnd(scroll); }
  }

  // Who was at the newest message stays there when another comes, a picture loads, the screen is turned or made wider, or the phone
  // comes to the front. Only who scrolls away leaves it: where the sizes have changed since the last look, it was not the person.
  const sizes = scroll => `${scroll.clientWidth} ${scroll.clientHeight} ${scroll.scrollHeight}`;
  function toEnd(scroll) {
    if (scroll.dataset.end !== 'no') scroll.scrollTop = scroll.scrollHeight;
    scroll.dataset.sizes = sizes(scroll);
  }
  const pinned = new ResizeObserver(all => { for (const { target } of all) toEnd(target.closest('.scroll')); });
  for (const scroll of $$('.phone .scroll')) {
    for (const part of [scroll, ...scroll.children]) pinned.observe(part);
    scroll.addEventListener('scroll', () => {
      if (scroll.clientHeight === 0) return;
      if (scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80) scroll.dataset.end = 'yes';
      else if (scroll.dataset.sizes === sizes(scroll)) scroll.dataset.end = 'no';
    });
  }

  const composer = where => $(`.composer[data-where="${where}"]`);
  const say = (where, words) => { $('.status', composer(where)).textContent = words; };

  async function post(path, data) {
    try {
      const answer = await fetch(path + '?' + params, { method: 'POST', body: data });
      return answer.ok ? '' : await answer.text();
    } catch { return body.dataset.lost; }
  }

  function form(fields) {
    const data = new FormData();
    for (const [k, v] of Object.entries(fields)) if (v !== null && v !== undefined) data.append(k, v);
    return data;
  }

  async function act(where, fields, files = []) {
    const on = about[where];
    const data = form({ where, message: on && on.id, ...fields });
    for (const f of files) data.append(f.as, f.blob, f.name || 'file');
    const wrong = await post('act', data);
    say(where, wrong);
    if (!wrong) forget(where);
    if (!wrong && ['send', 'voice', 'pin', 'key'].includes(fields.do)) { // what one says oneself is seen
      const scroll = $(`.${where} .scroll`);
      scroll.dataset.end = 'yes';
      toEnd(scroll);
    }
    return !wrong;
  }

  function forget(where) {
    about[where] = null;
    const p = $('.about-message', composer(where));
    p.hidden = true;
  }

  function talkOf(where, id, what, excerpt) {
    about[where] = { id, edit: what === 'edit' };
    const p = $('.about-message', composer(where));
    $('span', p).textContent = `${what === 'edit' ? body.dataset.editing : body.dataset.replying}: ${excerpt}`;
    p.hidden = false;
    const text = $('textarea', composer(where));
    if (what === 'edit') text.value = excerpt;
    grow(text);
    text.focus();
  }

  // small makes a picture as phones send them: a JPEG of at most 1600 pixels.
  async function small(file) {
    try {
      const bitmap = await createImageBitmap(file);
      const by = Math.min(1, 1600 / Math.max(bitmap.width, bitmap.height));
      const canvas = document.createElement('canvas');
      canvas.width = Math.round(bitmap.width * by);
      canvas.height = Math.round(bitmap.height * by);
      canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.85));
      return blob || file;
    } catch { return file; }
  }

  const grow = text => { text.rows = Math.min(6, Math.max(1, text.value.split('\n').length)); };

  async function send(where) {
    const text = $('textarea', composer(where));
    const on = about[where];
    if (await act(where, { do: on && on.edit ? 'edit' : 'send', text: text.value })) { text.value = ''; grow(text); }
  }

  let recorder = null;
  async function record(where, button) {
    if (recorder) { recorder.stop(); return; }
    let sound;
    try { sound = await navigator.mediaDevices.getUserMedia({ audio: true }); } catch { say(where, body.dataset.nomic); return; }
    const label = button.textContent, parts = [], began = Date.now();
    recorder = new MediaRecorder(sound);
    recorder.ondataavailable = e => parts.push(e.data);
    recorder.onstop = async () => {
      for (const track of sound.getTracks()) track.stop();
      clearInterval(ticks);
      button.closest('details').open = false;
      say(where, '');
      button.textContent = label;
      const blob = new Blob(parts, { type: recorder.mimeType });
      recorder = null;
      await act(where, { do: 'voice', seconds: Math.max(1, Math.round((Date.now() - began) / 1000)) }, [{ as: 'voice', blob }]);
    };
    recorder.start(250);
    button.textContent = button.dataset.stop;
    const tell = () => say(where, `${body.dataset.recording} ${Math.floor((Date.now() - began) / 1000)} s`);
    const ticks = setInterval(tell, 500);
    tell();
  }

  // The map.
  const map = $('#map'), svg = $('#map svg'), here = $('#here'), lat = $('#lat'), lon = $('#lon');
  function point(a, o) {
    lat.value = a.toFixed(5); lon.value = o.toFixed(5);
    here.setAttribute('cx', (o - svg.dataset.west) * svg.dataset.lon);
    here.setAttribute('cy', (svg.dataset.north - a) * svg.dataset.lat);
  }
  svg.addEventListener('click', e => {
    const p = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    point(svg.dataset.north - p.y / svg.dataset.lat, Number(svg.dataset.west) + p.x / svg.dataset.lon);
  });
  $('#spot').addEventListener('change', e => { if (e.target.value) point(...e.target.value.split(',').map(Number)); });
  map.addEventListener('close', () => {
    if (map.returnValue === 'send') act(map.dataset.where, { do: 'pin', lat: lat.value, lon: lon.value });
    $('textarea', composer(map.dataset.where)).focus();
  });
  function openMap(where) { map.dataset.where = where; map.returnValue = ''; map.showModal(); }

  const person = $('#person');
  person.addEventListener('close', async () => {
    const where = person.dataset.where, name = $('#name').value;
    if (person.returnValue !== 'send') return;
    const wrong = await post('person', form({ where, name }));
    if (wrong) { say(where, wrong); return; }
    location.reload();
  });

  document.addEventListener('click', e => {
    const b = e.target.closest('button');
    if (!b) return;
    if (b.dataset.view) return view(b.dataset.view);
    if (b.dataset.new) { person.dataset.where = b.dataset.new; person.returnValue = ''; $('#name').value = ''; person.showModal(); return; }
    const pane = b.closest('[data-pane]');
    const where = b.dataset.for || (pane && pane.dataset.pane);
    const close = () => { const d = b.closest('details'); if (d) d.open = false; };
    const does = b.dataset.do;
    if (does === 'forget') return forget(where);
    if (does === 'map') { close(); return openMap(where); }
    if (does === 'sample' || does === 'album') {
      close();
      const text = $('textarea', composer(where));
      return act(where, { do: 'send', text: text.value, sample: does === 'album' ? 3 : 1 }).then(ok => { if (ok) { text.value = ''; grow(text); } });
    }
    if (does === 'record') return record(where, b);
    const li = b.closest('li[data-id]'), id = li && li.dataset.id;
    switch (b.dataset.act) {
      case 'press': case 'vote': return act(where, { do: b.dataset.act, message: id, data: b.dataset.payload });
      case 'key': return act(where, { do: 'key', data: b.dataset.payload });
      case 'reply': close(); return talkOf(where, id, 'reply', b.dataset.excerpt);
      case 'edit': close(); return talkOf(where, id, 'edit', ($('.text', li) || li).innerText);
      case 'forward': case 'forwardDesk': close(); return act(where, { do: b.dataset.act, message: id });
    }
  });

  document.addEventListener('change', async e => {
    const el = e.target;
    if (el.matches('select[data-param]')) return choose(el.dataset.param, el.value);
    if (!el.matches('input[type=file]')) return;
    const where = el.closest('[data-pane]').dataset.pane, files = [...el.files];
    el.closest('details').open = false;
    if (!files.length) return;
    const text = $('textarea', composer(where));
    let ok;
    if (el.dataset.do === 'voice') ok = await act(where, { do: 'voice', seconds: 5 }, [{ as: 'voice', blob: files[0] }]);
    else ok = await act(where, { do: 'send', text: text.value }, await Promise.all(files.map(async f => ({ as: 'photo', blob: await small(f), name: 'photo.jpg' }))));
    if (ok && el.dataset.do !== 'voice') { text.value = ''; grow(text); }
    el.value = '';
  });

  document.addEventListener('submit', async e => {
    const f = e.target;
    if (f.matches('.composer')) { e.preventDefault(); return send(f.dataset.where); }
    if (!f.dataset.post) return;
    e.preventDefault();
    const b = e.submitter, data = f.dataset.post === 'clock' && !(b && b.value) ? new FormData(f) : new FormData();
    if (b && b.name && b.value) data.append(b.name, b.value);
    if (b && b.dataset.turn) data.append('on', b.dataset.turn);
    const wrong = await post(f.dataset.post, data);
    const status = $('.status', f);
    if (status) status.textContent = wrong;
    if (!wrong && f.matches('.clock')) $('#by').value = '';
  });

  // Enter sends; the line break that some keyboards bring after it must not come into the field that was emptied meanwhile.
  let sends = false;
  document.addEventListener('beforeinput', e => { if (sends && e.inputType === 'insertLineBreak' && e.target.matches('.composer textarea')) e.preventDefault(); });
  document.addEventListener('keydown', e => {
    sends = e.key === 'Enter' && !e.shiftKey && !e.isComposing;
    if (e.target.matches('.composer textarea') && e.key === 'Enter' && !e.shiftKey && !e.isComposing) { e.preventDefault(); e.target.form.requestSubmit(); }
    if (e.key === 'Escape') for (const d of $$('details[open]')) { d.open = false; $('summary', d).focus(); }
  });
  document.addEventListener('input', e => { if (e.target.matches('.composer textarea')) grow(e.target); });
  document.addEventListener('toggle', e => { if (e.target.open) for (const d of $$('details[open]')) if (d !== e.target) d.open = false; }, true);

  // A finger that draws a message to the right replies to it, as on a phone.
  let drawn = null;
  document.addEventListener('pointerdown', e => {
    const li = e.pointerType === 'mouse' ? null : e.target.closest('.phone .scroll li[data-key]');
    drawn = li && { li, x: e.clientX, y: e.clientY };
  });
  document.addEventListener('pointercancel', () => { drawn = null; });
  document.addEventListener('pointerup', e => {
    const was = drawn;
    drawn = null;
    if (was && e.clientX - was.x > 60 && Math.abs(e.clientY - was.y) < 40) $('[data-act="reply"]', was.li)?.click();
  });

  listen();
})();
