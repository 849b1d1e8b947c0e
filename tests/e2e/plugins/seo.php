<?php
// A plugin for search engines whose fields are registered for the REST API.
add_action( 'init', function () {
	foreach ( explode( ' ', '{{fields}}' ) as $field ) {
		register_post_meta(
			'post',
			$field,
			[
				'show_in_rest'  => true,
				'single'        => true,
				'type'          => 'string',
				'auth_callback' => fn() => current_user_can( 'edit_posts' ),
			]
		);
	}
} );
