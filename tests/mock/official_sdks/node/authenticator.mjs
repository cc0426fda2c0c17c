// A device with passkeys, in software. Source: Web Authentication (W3C), 6.1, 6.5; COSE (RFC 9053), 7.1.1.
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

const USER_PRESENT_AND_VERIFIED = 0x05;
const KEY_INCLUDED = 0x40;

const base64url = (bytes) => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** A device that holds one passkey of the page at `origin`. */
export class Authenticator {
  #rawId = randomBytes(16);
  #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  #userHandle;
  #uses = 0;

  constructor(origin) {
    this.origin = origin;
  }

  /** What `navigator.credentials.create` gives, as JSON. */
  make({ rp, user, challenge }) {
    this.#userHandle = user.id;
    const length = Buffer.from([0, this.#rawId.length]);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.#rawId, this.#publicKey()]);
    const authData = Buffer.concat([this.#data(rp.id, KEY_INCLUDED), attested]);
    // a map of three: fmt is none, attStmt an empty map, authData bytes with their number in one byte
    const attestation = Buffer.concat([
      Buffer.from([0xa3, 0x63, ...Buffer.from("fmt"), 0x64, ...Buffer.from("none")]),
      Buffer.from([0x67, ...Buffer.from("attStmt"), 0xa0]),
      Buffer.from([0x68, ...Buffer.from("authData"), 0x58, authData.length]),
      authData,
    ]);
    return this.#credential({
      clientDataJSON: base64url(this.#clientData("webauthn.create", challenge)),
      attestationObject: base64url(attestation),
    });
  }

  /** What `navigator.credentials.get` gives, as JSON. */
  use({ rpId, challenge }) {
    this.#uses += 1;
    const clientData = this.#clientData("webauthn.get", challenge);
    const data = this.#data(rpId, 0);
    const signed = sign("sha256", Buffer.concat([data, sha256(clientData)]), this.#keys.privateKey);
    return this.#credential({
      clientDataJSON: base64url(clientData),
      authenticatorData: base64url(data),
      signature: base64url(signed),
      userHandle: this.#userHandle,
    });
  }

  #credential(response) {
    const id = base64url(this.#rawId);
    return { id, rawId: id, type: "public-key", response };
  }

  #clientData(type, challenge) {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.origin, crossOrigin: false }));
  }

  #data(rpId, flags) {
    const uses = Buffer.alloc(4);
    uses.writeUInt32BE(this.#uses);
    return Buffer.concat([sha256(rpId), Buffer.from([USER_PRESENT_AND_VERIFIED | flags]), uses]);
  }

  /** A map of five: type EC2, ES256, P-256, x, y. */
  #publicKey() {
    const { x, y } = this.#keys.publicKey.export({ format: "jwk" });
    const bytes = (text) => Buffer.from([0x58, 32, ...Buffer.from(text, "base64url")]);
    const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
    return Buffer.concat([head, Buffer.from([0x21]), bytes(x), Buffer.from([0x22]), bytes(y)]);
  }
}
