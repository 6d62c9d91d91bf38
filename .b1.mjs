import * as W from '/tmp/dist0/index.js'
import * as cborx from 'cbor-x'
import * as mpr from 'msgpackr'
const codec = W.createCodec()
const c = codec.serializer('cbor'), j = codec.serializer('json'), m=codec.serializer('msgpack')
const cx=new cborx.Encoder({useRecords:false,mapsAsObjects:true,int64AsNumber:true,largeBigIntToFloat:true,tagUint8Array:false}); const mx=new mpr.Packr({useRecords:false,mapsAsObjects:true,int64AsType:'number'})
const rec=(i)=>({id:i,name:'item number '+i,price:i*1.25+0.1,active:i%2===0,tags:['a','bb'],note:null,count:i*1000})
const mk=(n)=>[36,5512315355,4429313566,{},n===0?undefined:Array.from({length:n},(_,i)=>rec(i))].filter(x=>x!==undefined)
const sizes={none:mk(0),'100B':mk(1),'1KB':mk(10),'16KB':mk(170)}
const td=new TextDecoder()
let sink
function time(f,n){ const t=process.hrtime.bigint(); for(let i=0;i<n;i++) sink=f(); return Number(process.hrtime.bigint()-t)/n }
for(const [name,msg] of Object.entries(sizes)){
  const cb=Buffer.from(cx.encode(msg)), mb=Buffer.from(mx.encode(msg)), js=JSON.stringify(msg), jb=Buffer.from(js)
  // ids ints
  const E=W.message.Event
  const cb2=Buffer.from(c.encode(W.Message.parse(msg))), mb2=Buffer.from(m.encode(W.Message.parse(msg)))
  const cases={cbor:()=>c.decode(cb2),'cbor-x':()=>cx.decode(cb2),msgpack:()=>m.decode(mb2),msgpackr:()=>mx.decode(mb2),json:()=>j.decode(jb),'JSON.parse(bytes)':()=>JSON.parse(td.decode(jb)),'json str':()=>j.decode(js),'JSON.parse(str)':()=>JSON.parse(js)}
  const N=name==='16KB'?2000:20000; const R={}
  for(let r=0;r<9;r++) for(const k in cases) (R[k]??=[]).push(time(cases[k],r===0?N*3:N))
  const med=k=>R[k].slice(1).sort((a,b)=>a-b)[4]
  console.log(name,cb2.length,Object.keys(cases).map(k=>k+' '+med(k).toFixed(0)).join('  '), '| ratios', (med('cbor-x')/med('cbor')).toFixed(1),(med('msgpackr')/med('msgpack')).toFixed(1),(med('JSON.parse(bytes)')/med('json')).toFixed(1),(med('JSON.parse(str)')/med('json str')).toFixed(1))
}
