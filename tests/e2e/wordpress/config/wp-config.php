<?php
// The configuration of a site under test; its facts are in settings.json, outside the folder that is served.
$settings = json_decode(file_get_contents(dirname(__DIR__, 4) . '/settings.json'), true);

define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:' . $settings['socket']);
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
$table_prefix = 'wp_';

define('WP_HOME', $settings['url']);
define('WP_SITEURL', $settings['url']);
define('WP_DEFAULT_THEME', $settings['theme']);
define('WP_ENVIRONMENT_TYPE', 'local');      // application passwords over plain http
define('WP_HTTP_BLOCK_EXTERNAL', true);      // fail at once instead of waiting for the internet
define('WP_ACCESSIBLE_HOSTS', '127.0.0.1,localhost');
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_AUTO_UPDATE_CORE', false);
define('DISABLE_WP_CRON', !is_file(dirname(__DIR__, 4) . '/visitors-start-cron')); // the tests run wp-cron.php when they mean to
define('WP_DEBUG', true);
define('WP_DEBUG_DISPLAY', false);
define('WP_DEBUG_LOG', $settings['debug_log']);
define('FS_METHOD', 'direct');
define('WP_MEMORY_LIMIT', '256M');

foreach (array('AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT') as $name) {
    define($name, hash('sha256', $name . $settings['salt']));
}

if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
