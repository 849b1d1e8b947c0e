<?php
// php sign-in.php DOCROOT LOGIN: the cookies of a browser in which this user is signed in, as JSON.
require __DIR__ . '/load.php';
$user = get_user_by('login', $argv[2]);
$until = time() + 3600;
$token = WP_Session_Tokens::get_instance($user->ID)->create($until);
echo json_encode(array(
    AUTH_COOKIE => wp_generate_auth_cookie($user->ID, $until, 'auth', $token),
    LOGGED_IN_COOKIE => wp_generate_auth_cookie($user->ID, $until, 'logged_in', $token),
));
