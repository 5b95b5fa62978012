// Drives the npm package soap by a WSDL alone.
"use strict";
const crypto = require("node:crypto");
const path = require("node:path");
const { talk } = require("./talking.cjs");
const soap = require(path.resolve(process.argv[2], "soap"));

let client;
let version;

function passport(given) {
  const nonce = crypto.randomBytes(10).toString("hex");
  const timestamp = Math.floor(Date.now() / 1000);
  const said = [given.account_id, given.consumer_key, given.token_id, nonce, timestamp].join("&");
  const key = `${given.consumer_secret}&${given.token_secret}`;
  const signature = crypto.createHmac("sha256", key).update(said).digest("base64");
  return {
    tokenPassport: {
      account: given.account_id,
      consumerKey: given.consumer_key,
      token: given.token_id,
      nonce,
      timestamp,
      signature: { attributes: { algorithm: "HMAC-SHA256" }, $value: signature },
    },
  };
}

talk({
  load: async ({ wsdl }) => {
    client = await soap.createClientAsync(wsdl);
    version = /v(\d+_\d)_0/.exec(wsdl)[1];
    return Object.keys(client.describe().NetSuiteService.NetSuitePort);
  },
  call: async ({ credentials, operation, body }) => {
    client.clearSoapHeaders();
    const messages = `urn:messages_${version}.platform.webservices.netsuite.com`;
    client.addSoapHeader(passport(credentials), "", "tns", messages);
    const [answer] = await client[`${operation}Async`](body);
    return answer;
  },
});
