// An independent WhatsApp client, driven from outside: it reads one JSON
// command per line and writes one JSON event per line.
//
// commands: {"tag", "do": "text" | "reply" | "image" | "location" | "poll" | "react" | "read" | "groups" | "stop", …}
// events:   {"ev": "qr" | "open" | "message" | "done" | "receipt" | "closed" | "log", …}
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import { createHash } from 'node:crypto'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import {
  default as makeWASocket, downloadMediaMessage, initAuthCreds, BufferJSON, proto
} from '@whiskeysockets/baileys'
import { WA_CERT_DETAILS } from '@whiskeysockets/baileys/lib/Defaults/index.js'

const { RELAY_URL, RELAY_ROOT, RELAY_MEDIA_PORT, RELAY_CA, RELAY_LOG } = process.env
WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(RELAY_ROOT, 'hex')

const say = event => process.stdout.write(JSON.stringify(event) + '\n')

// Uploads and downloads go to the relay whatever host they name.
const toRelay = options => tls.connect({
  socket: net.connect(Number(RELAY_MEDIA_PORT), '127.0.0.1'),
  servername: options.servername || options.host || options.hostname, ca: RELAY_CA
})
const agent = new https.Agent({ keepAlive: false })
agent.createConnection = toRelay
globalThis.fetch = (url, options = {}) => new Promise((resolve, reject) => {
  const req = https.request(url, { method: options.method || 'GET', agent }, res => {
    resolve(new Response(Readable.toWeb(res), { status: res.statusCode, headers: { 'content-type': 'application/octet-stream' } }))
  })
  req.on('error', reject)
  req.end()
})

// Credentials and keys live in this process only.
const memory = new Map()
const creds = initAuthCreds()
const keys = {
  get: async (type, ids) => Object.fromEntries(ids.flatMap(id => {
    const raw = memory.get(`${type}/${id}`)
    if (raw === undefined) return []
    let value = JSON.parse(raw, BufferJSON.reviver)
    if (type === 'app-state-sync-key') value = proto.Message.AppStateSyncKeyData.fromObject(value)
    return [[id, value]]
  })),
  set: async data => {
    for (const [type, entries] of Object.entries(data)) {
      for (const [id, value] of Object.entries(entries)) {
        if (value) memory.set(`${type}/${id}`, JSON.stringify(value, BufferJSON.replacer))
        else memory.delete(`${type}/${id}`)
      }
    }
  }
}
const noise = level => (...args) => { if (RELAY_LOG) say({ ev: 'log', level, args: JSON.stringify(args).slice(0, 600) }) }
const logger = { level: 'debug', child: () => logger, trace: () => {}, debug: noise('debug'), info: noise('info'), warn: noise('warn'), error: noise('error'), fatal: noise('fatal') }

const seen = new Map() // messages by id, for replies, reactions and retries
let sock
let stopping = false

function connect () {
  sock = makeWASocket({
    auth: { creds, keys }, logger, waWebSocketUrl: RELAY_URL, fetchAgent: agent,
    browser: ['Linux', 'Chrome', ''], syncFullHistory: false, shouldSyncHistoryMessage: () => false,
    getMessage: async key => seen.get(key.id)?.message
  })
  sock.ev.on('creds.update', update => Object.assign(creds, update))
  sock.ev.on('connection.update', ({ connection, qr, lastDisconnect }) => {
    if (qr) say({ ev: 'qr', qr })
    if (connection === 'open') say({ ev: 'open', me: sock.user })
    if (connection === 'close') {
      const code = lastDisconnect?.error?.output?.statusCode
      say({ ev: 'closed', code })
      if (!stopping && code !== 401) connect()
    }
  })
  sock.ev.on('messages.upsert', async ({ messages }) => {
    for (const m of messages) {
      if (m.message) await received(m).catch(error => say({ ev: 'log', level: 'error', args: String(error) }))
      else say({ ev: 'log', level: 'warn', args: 'message without content ' + m.key.id })
    }
  })
  sock.ev.on('message-receipt.update', updates => { for (const u of updates) say({ ev: 'receipt', id: u.key.id }) })
  sock.ev.on('messages.update', updates => { for (const u of updates) say({ ev: 'receipt', id: u.key.id, status: u.update.status }) })
}

async function received (m) {
  const c = m.message
  seen.set(m.key.id, m)
  const out = { ev: 'message', id: m.key.id, chat: m.key.remoteJid, from: m.key.participant || m.key.remoteJid, mine: !!m.key.fromMe, name: m.pushName }
  const text = c.conversation || c.extendedTextMessage?.text
  if (text) Object.assign(out, { kind: 'text', text, quoted: c.extendedTextMessage?.contextInfo?.stanzaId })
  else if (c.imageMessage) {
    const data = await downloadMediaMessage(m, 'buffer', {})
    Object.assign(out, { kind: 'image', text: c.imageMessage.caption, sha256: createHash('sha256').update(data).digest('hex') })
  } else if (c.locationMessage) {
    Object.assign(out, { kind: 'location', lat: c.locationMessage.degreesLatitude, lon: c.locationMessage.degreesLongitude })
  } else if (c.reactionMessage) Object.assign(out, { kind: 'reaction', text: c.reactionMessage.text, quoted: c.reactionMessage.key.id })
  else if (c.pollCreationMessage || c.pollCreationMessageV3) {
    const poll = c.pollCreationMessage || c.pollCreationMessageV3
    Object.assign(out, { kind: 'poll', text: poll.name, options: poll.options.map(o => o.optionName) })
  } else Object.assign(out, { kind: Object.keys(c).join(',') })
  say(out)
}

const actions = {
  text: c => sock.sendMessage(c.to, { text: c.text }),
  reply: c => sock.sendMessage(c.to, { text: c.text }, { quoted: seen.get(c.id) }),
  image: c => sock.sendMessage(c.to, { image: Buffer.from(c.data, 'base64'), caption: c.text, jpegThumbnail: '' }),
  location: c => sock.sendMessage(c.to, { location: { degreesLatitude: c.lat, degreesLongitude: c.lon } }),
  poll: c => sock.sendMessage(c.to, { poll: { name: c.text, values: c.options, selectableCount: 1 } }),
  react: c => sock.sendMessage(c.to, { react: { text: c.text, key: seen.get(c.id).key } }),
  read: c => sock.readMessages([seen.get(c.id).key]),
  groups: () => sock.groupFetchAllParticipating(),
  stop: async () => { stopping = true; sock.end(undefined); setTimeout(() => process.exit(0), 50) }
}

createInterface({ input: process.stdin }).on('line', async line => {
  const c = JSON.parse(line)
  try {
    const m = await actions[c.do](c)
    if (m?.key) seen.set(m.key.id, m)
    say({ ev: 'done', tag: c.tag, id: m?.key?.id, value: c.do === 'groups' ? Object.values(m).map(g => ({ id: g.id, subject: g.subject, size: g.participants.length, mode: g.addressingMode })) : undefined })
  } catch (error) {
    say({ ev: 'done', tag: c.tag, error: String(error?.stack || error) })
  }
}).on('close', () => process.exit(0))

connect()
