import { createAll, initAll as startGovuk } from './govuk-frontend.min.js'
import { FilterToggleButton, initAll as startMoj } from './moj-frontend.min.js'

startGovuk()
startMoj()

// The filter panel folds away below the width at which it has a column of its own.
const toggle = document.querySelector('.app-filter-layout__toggle')
if (toggle) {
  createAll(FilterToggleButton, {
    bigModeMediaQuery: '(min-width: 48.0625em)',
    startHidden: false,
    toggleButton: { showText: 'Show filters', hideText: 'Hide filters', classes: 'govuk-button--secondary' },
    toggleButtonContainer: { element: toggle },
    closeButton: { text: 'Close filters', classes: 'moj-filter__close' },
    closeButtonContainer: { selector: '.moj-filter__header-action' }
  })
}

// A passkey that fails says so on the page: most often the person closed the browser's own window.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  const place = document.querySelector('[data-passkey-error]')
  if (!place) return
  place.hidden = false
  place.focus()
})
