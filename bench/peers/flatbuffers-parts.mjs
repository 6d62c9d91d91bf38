/** Messages with lists, hops, pairs of texts and roles, by the code that flatc generates: what an application writes. */
import { CLIENT, ROUTER } from '../corpus/flatbuffers-parts.mjs'
import { generatedFlatBuffers } from './flatbuffers.mjs'

const METHODS = { ticket: 'TICKET', wampcra: 'CRA', 'wamp-scram': 'SCRAM', cryptosign: 'CRYPTOSIGN' }

/** By class: what writes a message with the attributes, as a function of builder and attributes. */
export async function partWriters() {
  const { code } = await generatedFlatBuffers()
  const { AnyMessage, AuthMethod, Message } = code
  const tables = tablesOf(code)
  const { clientRoles, routerRoles, pair, hops, texts } = tables
  const finished = (builder, name, table) => {
    Message.finishMessageBuffer(builder, Message.createMessage(builder, AnyMessage[name], table))
    return builder.asUint8Array()
  }
  const { Authenticate, Call, Challenge, Event, Hello, Publish, Welcome } = code
  return {
    Hello(builder, { realm, authid, authmethods, roles: given }) {
      const realmAt = builder.createString(realm)
      const authidAt = builder.createString(authid)
      const rolesAt = clientRoles(builder, given)
      const methods = authmethods.map((method) => AuthMethod[METHODS[method]])
      const methodsAt = Hello.createAuthmethodsVector(builder, methods)
      Hello.startHello(builder)
      Hello.addRealm(builder, realmAt)
      Hello.addAuthid(builder, authidAt)
      Hello.addRoles(builder, rolesAt)
      Hello.addAuthmethods(builder, methodsAt)
      return finished(builder, 'Hello', Hello.endHello(builder))
    },
    Welcome(builder, { session, realm, authid, authrole, authmethod, roles: given }) {
      const realmAt = builder.createString(realm)
      const authidAt = builder.createString(authid)
      const authroleAt = builder.createString(authrole)
      const rolesAt = routerRoles(builder, given)
      Welcome.startWelcome(builder)
      Welcome.addSession(builder, BigInt(session))
      Welcome.addRealm(builder, realmAt)
      Welcome.addAuthid(builder, authidAt)
      Welcome.addAuthrole(builder, authroleAt)
      Welcome.addAuthmethod(builder, AuthMethod[METHODS[authmethod]])
      Welcome.addRoles(builder, rolesAt)
      return finished(builder, 'Welcome', Welcome.endWelcome(builder))
    },
    Challenge(builder, { method, extra }) {
      const extraAt = pair(builder, extra)
      Challenge.startChallenge(builder)
      Challenge.addMethod(builder, AuthMethod[METHODS[method]])
      Challenge.addExtra(builder, extraAt)
      return finished(builder, 'Challenge', Challenge.endChallenge(builder))
    },
    Authenticate(builder, { signature, extra }) {
      const signatureAt = builder.createString(signature)
      const extraAt = pair(builder, extra)
      Authenticate.startAuthenticate(builder)
      Authenticate.addSignature(builder, signatureAt)
      Authenticate.addExtra(builder, extraAt)
      return finished(builder, 'Authenticate', Authenticate.endAuthenticate(builder))
    },
    Publish(builder, given) {
      const { acknowledge, exclude_me, exclude, eligible, eligible_authrole, retain, forward_for } = given
      const topicAt = builder.createString(given.topic)
      const excludeAt = exclude ? Publish.createExcludeVector(builder, exclude.map(BigInt)) : 0
      const eligibleAt = eligible ? Publish.createEligibleVector(builder, eligible.map(BigInt)) : 0
      const rolesAt = eligible_authrole
        ? Publish.createEligibleAuthroleVector(builder, texts(builder, eligible_authrole))
        : 0
      const hopsAt = forward_for ? Publish.createForwardForVector(builder, hops(builder, forward_for)) : 0
      Publish.startPublish(builder)
      Publish.addRequest(builder, BigInt(given.request))
      Publish.addTopic(builder, topicAt)
      if (acknowledge !== undefined) Publish.addAcknowledge(builder, acknowledge)
      if (exclude_me !== undefined) Publish.addExcludeMe(builder, exclude_me)
      if (excludeAt !== 0) Publish.addExclude(builder, excludeAt)
      if (eligibleAt !== 0) Publish.addEligible(builder, eligibleAt)
      if (rolesAt !== 0) Publish.addEligibleAuthrole(builder, rolesAt)
      if (retain !== undefined) Publish.addRetain(builder, retain)
      if (hopsAt !== 0) Publish.addForwardFor(builder, hopsAt)
      return finished(builder, 'Publish', Publish.endPublish(builder))
    },
    Event(builder, { subscription, publication, forward_for }) {
      const hopsAt = Event.createForwardForVector(builder, hops(builder, forward_for))
      Event.startEvent(builder)
      Event.addSubscription(builder, BigInt(subscription))
      Event.addPublication(builder, BigInt(publication))
      Event.addForwardFor(builder, hopsAt)
      return finished(builder, 'Event', Event.endEvent(builder))
    },
    Call(builder, { request, procedure, timeout, forward_for }) {
      const procedureAt = builder.createString(procedure)
      const hopsAt = Call.createForwardForVector(builder, hops(builder, forward_for))
      Call.startCall(builder)
      Call.addRequest(builder, BigInt(request))
      Call.addProcedure(builder, procedureAt)
      Call.addTimeout(builder, timeout)
      Call.addForwardFor(builder, hopsAt)
      return finished(builder, 'Call', Call.endCall(builder))
    },
  }
}

/**
 * What writes roles. An application calls a function of generated code for each of its features; here they are looked up
 * before anything is timed.
 */
function rolesOf(code, type, example) {
  const adderOf = (table, name) => {
    const method = `add${name.replaceAll(/(?:^|_)(.)/g, (_, letter) => letter.toUpperCase())}`
    return code[table][method].bind(code[table])
  }
  const writerOf = (table, names, valueFor) => {
    const start = code[table][`start${table}`].bind(code[table])
    const end = code[table][`end${table}`].bind(code[table])
    const adders = names.map((name) => [name, adderOf(table, name)])
    return (builder, values) => {
      start(builder)
      for (let i = 0; i < adders.length; i++) adders[i][1](builder, valueFor(values, adders[i][0], i))
      return end(builder)
    }
  }
  const roles = Object.entries(example)
  const writers = roles.map(([role, { features }]) => {
    const table = `${role[0].toUpperCase()}${role.slice(1)}Features`
    return [role, writerOf(table, Object.keys(features), (flags, name) => flags[name])]
  })
  const names = roles.map(([role]) => role)
  const write = writerOf(type, names, (targets, _, i) => targets[i])
  return (builder, given) => {
    const targets = writers.map(([role, each]) => each(builder, given[role].features))
    return write(builder, targets)
  }
}

/** What writes the parts. */
function tablesOf(code) {
  const { Map: Pair, Principal } = code
  const clientRoles = rolesOf(code, 'ClientRoles', CLIENT())
  const routerRoles = rolesOf(code, 'RouterRoles', ROUTER())
  return {
    clientRoles,
    routerRoles,
    pair(builder, pair) {
      const [[key, value]] = Object.entries(pair)
      const keyAt = builder.createString(key)
      const valueAt = builder.createString(value)
      Pair.startMap(builder)
      Pair.addKey(builder, keyAt)
      Pair.addValue(builder, valueAt)
      return Pair.endMap(builder)
    },
    texts: (builder, texts) => texts.map((text) => builder.createString(text)),
    hops: (builder, hops) =>
      hops.map(({ session, authid, authrole }) => {
        const authidAt = builder.createString(authid)
        const authroleAt = builder.createString(authrole)
        Principal.startPrincipal(builder)
        Principal.addSession(builder, BigInt(session))
        Principal.addAuthid(builder, authidAt)
        Principal.addAuthrole(builder, authroleAt)
        return Principal.endPrincipal(builder)
      }),
  }
}
