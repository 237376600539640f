# Every page
skip-to-content = Skip to content
back = Back
back-to-start = Back to the overview
error-prefix = Error:
problem-title = There is a problem
footer-label = About this site
trial-banner = This is a trial. Nothing that you enter here leaves this computer.
trial-broken = The text of this procedure has an error.
trial-kept = You see version { $version } as it last was without one.
trial-other = You see version { $version }.
trial-outbox = Trial: { $portal }
accessibility-statement = Accessibility statement
report-barrier = Report a barrier
easy-language = Easy language
sign-language = Sign language
privacy = Privacy
imprint = Imprint
other-language = Deutsch
other-language-tag = de
signed-in-as = Signed in as
sign-out = Sign out
home = Home
a-to-z = All services from A to Z
a-to-z-letter = Letter { $letter }
not-in-language = This text is only available in { $language }.

# Portal
categories = Topics
life-events = Situations in life
not-in-offer = Not offered anywhere yet
no-procedures = There are no services here yet.
all-procedures = Services
reports = Reports
applications = Applications
topics = Information
kind-application = Application
kind-report = Report
kind-topic = Information

# Start page of a procedure
start-application = Start the application
start-report = Start the report
continue-draft = Continue
start-anew-title = Start again
start-anew-text = You have already begun this form. If you start again, what you have entered so far is deleted.
start-anew-button = Delete my answers and start again
who-is-responsible = Who is responsible
responsible-by-answers = That depends on your answers. Before you send, you see which office it goes to.
fee-title = What it costs
fee-none = It costs nothing.
fee-by-answers = The fee depends on your answers. You see it before you send.
fee-amount = { $amount }
fee-per = { $amount } { $period }
per-year = per year
per-month = per month
per-week = per week
per-day = per day
what-you-need = What you need
evidence-may-follow = may be handed in later
more-title = Your answers bring up something more
more-text = Read this note
still-missing-title = Still missing
still-missing-how = Hand it in at the office and give your reference number with it.
evidence-missing = Still missing. You can hand it in until { $date }.
evidence-until = You can also hand this in until { $date }.
valid-later = This version is valid only from { $date }. Citizens do not see it yet.
evidence-by-answers = depending on your answers
what-follows = What follows from it
legal-basis = Legal basis
deadline = Deadline
deadline-none = There is no deadline.
retention = How long the office keeps your answers
retention-years = { $count ->
    [one] { $count } year
   *[other] { $count } years
}
retention-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
retention-weeks = { $count ->
    [one] { $count } week
   *[other] { $count } weeks
}
retention-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
retention-from-completion = after the case is closed
retention-from-receipt = after receipt
retention-from-end-of-year = after the end of the year
retention-from-day = after { $date }
what-happens-next = What happens next
draft-kept-title = Stop and continue later
draft-kept = What you enter is saved with every page. In this browser you can continue for { $days } days.
draft-until = What you have entered is saved. In this browser you can continue until { $date }.
needs-account-title = You need to sign in
needs-account = For this service you need to be signed in.
not-offered-title = Not online at the moment
not-offered-text = This service is not online at the moment. Turn to the office that is responsible.

# Questions
next = Continue
optional = (optional)
may-follow = (can be sent later)
day = Day
month = Month
year = Year
choose = Choose
if-so = Only if this applies to you
if-answer = Only if your answer to “{ $question }” is “{ $answer }”
or-answer = ” or “
place-hint = Town or postcode
place-other = Another place
place-several = Which place do you mean?
place-candidates = There are several places for “{ $typed }”
yes = Yes
no = No
or-word = or
file-upload = Upload file
file-remove = Remove
file-remove-named = Remove: { $name }
file-present = Uploaded
file-one-more = Another file
file-limits = { $kinds }, at most { $size }
file-count-hint = Up to { $max } files, one after the other
date-example = For example { $day } { $month } { $year }
size-mb = { $count } MB
size-kb = { $count } KB
entry-add-hint = You can add further entries.

# Repeats
entry-title = { $each } { $number }
entry-add = Add: { $each }
entry-change = Change: { $entry }
entry-remove = Remove: { $entry }
entry-remove-title = Remove “{ $entry }”?
entry-remove-text = All answers about “{ $entry }” are deleted.
entries-too-few = { $each }: add at least { $count ->
    [one] one entry
   *[other] { $count } entries
}
entries-too-many = { $each }: there can be at most { $count ->
    [one] one entry
   *[other] { $count } entries
}
list-none = Nothing added yet.
list-count = { $each }: { $count ->
    [one] one entry
   *[other] { $count } entries
}
remove-confirm-yes = Yes, remove
remove-confirm-no = No, keep
save-and-back = Save

# Check page
check-title = Check your answers
check-intro = Go through everything once more before you send it.
not-given = Not provided
change = Change
change-hidden = { $question }
fee-row = Fee
responsible-row = Goes to
send-application = Send the application
send-report = Send the report
warnings-title = What you should know

# Confirmation
sent-title-application = Your application has been sent
sent-title-report = Your report has been sent
reference-label = Your reference
reference-is = Reference { $reference }
sent-to = Responsible: { $office }
sent-at = Sent on { $date }
print-hint = Print this page or write the reference down. You need it when you have questions.
print-button = Print this page
confirmation-mail = A confirmation goes to the e-mail address that you have given.
confirmation-no-mail = You have not given an e-mail address. So keep the reference.
done-back = To the home page
confirmation-secret-title = This confirmation cannot be shown here
confirmation-secret-text = We show a confirmation only in the browser in which it was sent. With the reference the responsible office can help you.

# Trouble
forbidden-title = To be on the safe side, we have not saved this
forbidden-text = We could not tell for certain that this came from our page. That happens, for example, when cookies were deleted. What you entered is still on this page.
forbidden-again = Check what you entered and send the page again.
cookies-gone-title = Your browser was not recognised
cookies-gone-text = It did not send the cookie under which we keep your answers: it takes none, or they were deleted. Allow cookies for this site and begin again.
cookies-title = Your browser does not accept cookies
cookies-text = Without a cookie we cannot carry your answers from one page to the next. If you have deleted cookies, the pages before are gone as well. Allow cookies for this site and then press “Continue” again. What you entered is still on this page.
not-found-title = There is no such page
not-found-text = If you typed the address, check the spelling. On the home page you find all services.
too-large-title = That was too much at once
too-large-text = What you sent is too large. Go back in your browser and send less at once or a smaller file.
too-many-fields-text = There were more answers than this page has.
broken-title = Something went wrong on our side
broken-text = It is our fault. What you entered on earlier pages is saved. Try again in a few minutes.
busy-title = We cannot save right now
busy-text = It is our fault, not yours. Try again in a minute.
busy-kept = What you entered is still on this page. Leave the page open and press the button again in a minute.
conflict-title = You went on somewhere else
conflict-text = This form is also open in another window, and something has been changed there. What you entered here is still on this page. If that is what counts, press the button once more.
conflict-rows = { $count } answers
changed-title = This form has changed
changed-text = The form was changed after you began, and not all of your answers fit any more. You can finish in the version you began with or go on with the new one. With the new version only the answers that no longer fit are lost.
changed-keep = Go on with the version I began with
changed-follow = Go on with the new version
refused-title = We cannot accept this as it is
refused-text = Our last check before sending found a contradiction. This is our mistake and not yours. Nothing was sent, your answers are saved, and we have been told.
method-title = This page cannot be opened like this
method-text = Begin on the home page.
unknown-host-title = There is no portal at this address
unknown-host-text = Check the spelling of the address.
upload-broken = The file did not arrive completely. Choose it again.
key-used-title = This Idempotency-Key was used for other answers before
key-used-text = Take a new key for each submission, and the same one only to repeat a submission.
media-type-text = Send the answers as JSON, with the Content-Type application/json.
bad-request-title = We did not understand that
bad-request-text = What your browser sent did not arrive completely. Go back and send the page again.

# Pages about the site
statement-title = Accessibility statement
statement-status = These pages are built to meet EN 301 549 and WCAG 2.2 at levels A and AA. Every version is checked automatically: with the keyboard, without JavaScript, at a width of 320 pixels, in light, dark and forced colours.
statement-known = Not there yet: content in German sign language. Tests with people who use assistive technology are still to be done.
statement-feedback = If you come across a barrier, report it to us. We answer within one month.
statement-enforcement = If our answer does not help you, in Schleswig-Holstein you can turn to the complaints office at the State Commissioner for People with Disabilities.
statement-made = This statement belongs to the software of these pages and is about them. The authority can add to it.
easy-title = Information in easy language
easy-text = On these pages you can ask an office for something. For example: a permit to park your car. You can also report something. For example: rubbish in the woods.
easy-use-title = How it works
easy-use-text = Choose a topic on the home page. Click on the topic. Then you see all forms for the topic. We ask you questions. You answer. Then you click on: Continue. At the end you can read everything again. Then you click on: Send the application.
easy-barrier = Is there something that you cannot read or use? Then tell us. Click on: Report a barrier. You find it at the bottom of the page.
sign-title = Information in German sign language
sign-text = There are no videos in German sign language here yet. If you need help in sign language, turn to the authority or report the barrier.
imprint-missing = The authority has not put an imprint here yet.
privacy-missing = The authority has not put a privacy notice of its own here yet.
privacy-cookie = These pages set one single cookie. It connects your browser with the forms you have begun and holds nothing about you. Forms that you have begun are stored encrypted and deleted 30 days after the last change.
barrier-missing = The authority has not put a form for this here yet. Turn to:
contact-title = Contact
contact-office = { $office }
answer-not-asked = This is not asked here.
