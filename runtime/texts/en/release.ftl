# When a procedure is open
moment = { $date }, { $time }
closed-title = Closed at the moment
closed-opens = You can begin from { $moment }.
closed-since = This could be sent until { $moment }.
closed-draft = What you have entered is saved. You can look at it, but you cannot send it now.
closed-see-draft = Look at your answers
closed-send-title = You cannot send this now
closed-send-kept = Your answers stay saved.
closed-author = Citizens see only this text now. You can go on trying here:
closed-list = closed at the moment
closed-list-opens = opens on { $moment }
open-until = You can send this until { $moment }.

# Who you have to be
needs-eid = For this service you need to be signed in with your eID.
needs-otherwise = If you cannot do that, turn to the office that is responsible.
needs-email = You need an e-mail address. After sending you get a link with which you confirm it.

# What happens between sending and passing on
before-title = What happens after sending
before-email = You get a mail with a link. Open it within 14 days. Otherwise your answers do not go to the office.
before-payment = You pay { $amount } within 14 days. Otherwise your answers do not go to the office.
before-person = { $count ->
    [one] Another person gets a mail with a link and answers the rest. They have { $time }.
   *[other] { $count } other people each get a mail with a link and answer the rest. They have { $time }.
}
before-goes-on = If an answer does not come, your answers go to the office without it.
before-not-sent = If an answer does not come, your answers do not go to the office.
days-count = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
weeks-count = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
months-count = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
years-count = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
working-days-count = { $count ->
    [one] { $count } weekday
   *[other] { $count } weekdays
}
weekdays-count = { $count ->
    [one] { $count } weekday (Saturdays included)
   *[other] { $count } weekdays (Saturdays included)
}

# How far it is
waiting-title = What is missing before it goes to the office
waiting-text = Your answers are saved. As soon as everything is there, they go to the office.
waiting-email = Confirm your e-mail address
waiting-payment = Pay { $amount }
waiting-person = An answer of another person
waiting-person-entry = An answer of another person about: { $entry }
waiting-until = open, until { $date }
waiting-ahead = comes after that
waiting-met = done
waiting-over = has not come
waiting-mail = Open the link in the mail that we sent to you.
waiting-goes-on = If the answer does not come, it goes on without it.
waiting-not-sent = If the answer does not come, your answers do not go to the office.
released-title = The office has it
released-text = The office has had your answers since { $moment }.
withdrawn-title = The office does not have it
withdrawn-text = Something was still missing when the time was over. So your answers do not go to the office. If you still want it, fill it in again.
pay-now = Pay now

# Pages behind links in mails
link-unknown-title = This link is not valid
link-unknown-text = Perhaps a part of the address is missing. Copy the whole link from the mail.
link-over-title = The time is over
link-over-text = Nothing more can be done with this link.
link-ahead-title = It is too early for this
link-ahead-text = Something else has to be done first. Try again later.
link-done-title = Thank you
link-done-email = Your e-mail address is confirmed.
link-done-payment = The fee is paid.
link-done-person = Your answer has arrived. You need not do anything else.
link-until = You can do this until { $date }.
confirm-title = Is this your e-mail address?
confirm-text = “{ $title }” was filled in with this address:
confirm-then = When you confirm it, the answers are passed on.
confirm-button = Yes, this is my address
confirm-not-you = If you did not fill this in, you need not do anything. Then it is not passed on.
asked-title = Somebody needs your answer
asked-text = Somebody has filled in “{ $title }” and gave your e-mail address. Answer what stands below.
asked-shown = This is what the person has answered
asked-questions = This is what we ask you
asked-goes-on = If you do not answer, it goes on without your answer.
asked-not-sent = If you do not answer, the answers do not go to the office.
asked-privacy = Your answer goes to the office. Whoever gave your address only learns that you have answered.
asked-send = Send the answer
pay-title = Pay the fee
pay-text = For “{ $title }”, reference number { $reference }:
pay-button = Pay
pay-trial = This is a trial. No money is moved.
pay-link = To the page of the payment provider
pay-begun = The payment is prepared. You come back here afterwards.
pay-trouble-title = Paying does not work at the moment
pay-trouble-text = The payment provider does not answer. Try again later.
paid-row = Fee
pay-after-notice = You pay when the notice is there.
pay-before = You pay before your answers go to the office.
