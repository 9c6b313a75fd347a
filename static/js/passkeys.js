// Starts the browser's own dialogue for passkeys and security keys; when it fails, the page says so in words.
(() => {
  const button = document.getElementById("passkey-button");
  if (!button || !window.PublicKeyCredential || !window.allauth) return;
  const act = button.dataset.act;
  const ids = { credential: button.dataset.credential, [act]: button.id };
  if (document.getElementById("passkey-options")) ids.data = "passkey-options";
  if (document.getElementById("id_passwordless")) ids.passwordless = "id_passwordless";
  window.allauth.webauthn.forms[`${act}Form`]({ ids });
  button.hidden = false;

  const failed = document.getElementById("passkey-failed");
  button.addEventListener("click", () => {
    failed.hidden = true;
  });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    failed.hidden = false;
    failed.focus();
  });
})();
