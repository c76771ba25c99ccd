{{ $record := partial "record.html" . }}plumb.take({{ jsonify $record.url }},{{ jsonify $record }})
