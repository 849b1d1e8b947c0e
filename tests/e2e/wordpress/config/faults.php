<?php
// A must-use plugin: a request with the header X-Blogkit-Fault fails in the named way, every other request is left alone.
function blogkit_fault_answer(int $status, string $message, int $wait = 1): void
{
    add_filter('rest_pre_dispatch', function () use ($status, $message, $wait) {
        header("Retry-After: $wait");
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
    case 'half':         // done, and half of the answer arrives
        ob_start(function ($answer) { return substr($answer, 0, intdiv(strlen($answer), 2)); });
        break;
    case 'page-after':   // done, and something in between answers in the site's place
        ob_start(function () { return '<html><title>One moment, please</title></html>'; });
        break;
    case 'maintenance':  // nothing is done
        http_response_code(503);
        exit('<html><title>Briefly unavailable</title></html>');
    case 'moved':        // nothing is done
        header('Location: https://www.moved.invalid/', true, 301);
        exit;
    case 'no-login':     // a server that drops the Authorization header
        unset($_SERVER['PHP_AUTH_USER'], $_SERVER['PHP_AUTH_PW'], $_SERVER['HTTP_AUTHORIZATION']);
        break;
    case 'additions':    // a plugin that adds to links and images on save
        add_filter('content_save_pre', function ($html) {
            return str_replace(array('<a href', '<img '), array('<a rel=\\"nofollow\\" href', '<img loading=\\"lazy\\" '), $html);
        });
        break;
    case 'rewrites':     // plugins that write titles in capitals and paragraphs around lines on save
        add_filter('title_save_pre', 'ucwords');
        add_filter('content_save_pre', function ($html) { return preg_replace('#<p>([^<]*)</p>#', '<p>$1<br /></p>', $html); });
        break;
    case 'builder':      // a page builder that makes pages from data of its own
        add_filter('the_content', function () { return '<div data-elementor-type="wp-post"><p>Built</p></div>'; }, 99);
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
    case 'json429-long':
        blogkit_fault_answer(429, 'slow down', 600);
        break;
    case 'json403':
        blogkit_fault_answer(403, 'your plan allows no more');
        break;
}
