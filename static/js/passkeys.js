// Making and using passkeys. A form waits until the person's device has answered, then is sent with the answer.
const decode = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const encode = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const decoded = (keys) => (keys ?? []).map((key) => ({ ...key, id: decode(key.id) }));

const ways = {
  create: (options) => navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: decode(options.challenge),
      user: { ...options.user, id: decode(options.user.id) },
      excludeCredentials: decoded(options.excludeCredentials),
    },
  }),
  get: (options) => navigator.credentials.get({
    publicKey: { ...options, challenge: decode(options.challenge), allowCredentials: decoded(options.allowCredentials) },
  }),
};

function answerOf(credential) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) response[part] = encode(credential.response[part]);
  }
  return JSON.stringify({ id: credential.id, rawId: encode(credential.rawId), type: credential.type, response });
}

async function ask(form) {
  const asked = await fetch(form.dataset.challenge, { headers: { Accept: "application/json" } });
  const { options, challenge } = await asked.json();
  const credential = await ways[form.dataset.passkey](options);
  form.querySelector("[data-answer]").value = answerOf(credential);
  form.querySelector("[data-token]").value = challenge;
  form.submit();
}

function wait(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector("[type=submit]");
  const trouble = form.querySelector("[data-trouble]");
  trouble.hidden = button.disabled = true;
  ask(form).catch(() => {
    trouble.hidden = button.disabled = false;
    button.focus();
  });
}

if (globalThis.PublicKeyCredential) {
  for (const excuse of document.querySelectorAll("[data-without-passkeys]")) excuse.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", wait);
  }
}
