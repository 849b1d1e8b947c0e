<?php
// php install.php DOCROOT ANSWER: installs the blog with a user of every role; writes their application passwords to ANSWER as JSON.
define('WP_INSTALLING', true);
// Both are pluggable: defined before WordPress is loaded, they keep it from sending mail.
function wp_new_blog_notification() {}
function wp_mail() { return true; }
require __DIR__ . '/load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';

wp_install('blogkit e2e', 'admin', 'admin@example.test', false, '', wp_generate_password(20));
update_option('timezone_string', 'UTC');
update_option('default_ping_status', 'closed');
update_option('blog_public', '0');
foreach (array('wp_version_check', 'wp_update_plugins', 'wp_update_themes') as $hook) {
    wp_clear_scheduled_hook($hook);
}

$users = array();
$roles = array('admin' => 'administrator', 'editor' => 'editor', 'author' => 'author', 'contributor' => 'contributor', 'subscriber' => 'subscriber');
foreach ($roles as $login => $role) {
    $known = get_user_by('login', $login);
    $id = $known ? $known->ID : wp_insert_user(array(
        'user_login' => $login,
        'user_pass' => wp_generate_password(20),
        'user_email' => "$login@example.test",
        'role' => $role,
    ));
    list($password) = WP_Application_Passwords::create_new_application_password($id, array('name' => 'blogkit-e2e'));
    $users[$login] = array('id' => $id, 'role' => $role, 'application_password' => WP_Application_Passwords::chunk_password($password));
}
file_put_contents($argv[2], json_encode(array('version' => $GLOBALS['wp_version'], 'users' => $users)));
