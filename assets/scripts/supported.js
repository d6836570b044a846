// Says on <body>, before the rest is drawn, that this browser can run the components. A file of its own because the
// content security policy bars inline scripts.
document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) document.body.classList.add('govuk-frontend-supported')
