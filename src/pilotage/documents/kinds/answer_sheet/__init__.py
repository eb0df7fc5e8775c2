"""The paper sheet that an agency ticks and sends back. Its content is gathered by ``exchange.answers.paper``."""
