// Preloaded into a server process: every attempt to connect or to resolve a name is written to EGRESS_LOG and refused.
// EGRESS_ALLOW_PORT lets one port of 127.0.0.1 through, for the database.
import dgram from 'node:dgram';
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

function refuse(what) {
  appendFileSync(process.env.EGRESS_LOG, `${what}\n`);
  throw new Error(`Egress refused: ${what}`);
}

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectOrRefuse(...given) {
  const options = Array.isArray(given[0]) ? given[0][0] : given[0];
  const port = typeof options === 'object' ? options.port : options;
  if (process.env.EGRESS_ALLOW_PORT && String(port) === process.env.EGRESS_ALLOW_PORT)
    return connect.apply(this, given);
  return refuse(`connect ${JSON.stringify(options)}`);
};
for (const api of [dns, dns.promises]) {
  for (const name of Object.keys(api).filter((key) => /^(lookup|resolve|reverse)/.test(key))) {
    const original = api[name];
    api[name] = (...given) =>
      net.isIP(String(given[0])) ? original.apply(api, given) : refuse(`dns.${name} ${given[0]}`);
  }
}
dgram.createSocket = () => refuse('dgram.createSocket');
// What was changed is seen by `import { lookup } from 'node:dns/promises'` as well.
syncBuiltinESMExports();
