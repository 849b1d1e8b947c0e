<?php
// A must-use plugin: a request with the header X-Blogkit-Fault fails in the named way, every other request is left alone.
function blogkit_fault_answer(int $status, string $message): void
{
    add_filter('rest_pre_dispatch', function () use ($status, $message) {
        header('Retry-After: 1');
        return new WP_Error('injected', $message, array('status' => $status));
    });
}

switch ($_SERVER['HTTP_X_BLOGKIT_FAULT'] ?? '') {
    case 'after-save':   // 500 with JSON, and the post exists
        add_action('save_post', function () { throw new Exception('injected after save'); }, 99);
        break;
    case 'before-save':  // 500 with JSON, nothing is saved
        add_filter('wp_insert_post_data', function () { throw new Exception('injected before save'); });
        break;
    case 'html403':      // a security plugin's page
        add_action('rest_api_init', function () { wp_die('Blocked by security plugin', 'Forbidden', 403); });
        break;
    case 'warnings':     // text before the JSON
        ini_set('display_errors', '1');
        add_action('rest_api_init', function () { trigger_error('injected', E_USER_WARNING); });
        break;
    case 'slow':
        add_action('rest_api_init', function () { sleep(5); });
        break;
    case 'json503':
        blogkit_fault_answer(503, 'try later');
        break;
    case 'json429':
        blogkit_fault_answer(429, 'slow down');
        break;
}
