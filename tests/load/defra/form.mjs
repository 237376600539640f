// The same two pages as ../forms/stadt/bench/application.amt, in DEFRA's form definition.
const text = (name, title, max) => ({ type: 'TextField', name, title, options: {}, schema: max ? { max } : {} });
const field = (type, name, title, more = {}) => ({ type, name, title, options: {}, ...more });

export const form = {
  name: 'Benchmark form', startPage: '/personal', sections: [], conditions: [],
  lists: [{ title: 'Kind', name: 'kind', type: 'string', items: ['New', 'Renewal', 'Change'].map((text) => ({ text, value: text.toLowerCase() })) }],
  pages: [
    {
      path: '/personal', title: 'Personal details', next: [{ path: '/request' }],
      components: [
        text('firstName', 'First name', 80), text('lastName', 'Last name', 80), field('DatePartsField', 'birth', 'Date of birth'),
        field('EmailAddressField', 'email', 'Email'), field('TelephoneNumberField', 'phone', 'Telephone'),
        text('street', 'Street', 120), text('postcode', 'Postcode', 10), text('city', 'City', 80),
        field('RadiosField', 'sort', 'Kind of application', { list: 'kind' }),
        field('MultilineTextField', 'reason', 'Reason', { schema: { max: 1000 } }),
      ],
    },
    {
      path: '/request', title: 'Your request', next: [{ path: '/summary' }],
      components: [
        text('parcel', 'Parcel number', 40), field('NumberField', 'area', 'Area', { schema: { min: 0, max: 100000 } }),
        field('YesNoField', 'owner', 'Are you the owner?'), text('account', 'IBAN', 34),
        field('MultilineTextField', 'notes', 'Notes', { schema: { max: 1000 } }),
      ],
    },
    { path: '/summary', title: 'Summary', controller: 'SummaryPageController', components: [], next: [] },
  ],
};
