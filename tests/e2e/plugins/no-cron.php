<?php
// A host that turns away wp-cron.php, as some firewalls do.
if ( defined( 'DOING_CRON' ) ) {
	http_response_code( 403 );
	exit;
}
