namespace CloudLb.AwsQuery.Requests;

/// <summary>A request as it came over HTTP, taken in once for the signature and for the operation.</summary>
internal sealed class QueryRequest
{
    private readonly List<KeyValuePair<string, string>> _parameters;
    private readonly int _fromQuery;

    /// <param name="parameters">Those of the query string, then those of the body.</param>
    /// <param name="fromQuery">How many of them stood in the query string.</param>
    /// <param name="bodyHash">SHA-256 of the raw body.</param>
    public QueryRequest(List<KeyValuePair<string, string>> parameters, int fromQuery, byte[] bodyHash)
    {
        _parameters = parameters;
        _fromQuery = fromQuery;
        BodyHash = bodyHash;
        Action = Find("Action");
        Version = Find("Version");
    }

    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters;

    public byte[] BodyHash { get; }

    /// <summary>Null when it is missing or empty.</summary>
    public string? Action { get; }

    /// <summary>Null when it is missing or empty.</summary>
    public string? Version { get; }

    /// <summary>A parameter of the query string alone; the first of two wins. Null when it is missing or empty.</summary>
    public string? FindInQuery(string name) => Find(name, _fromQuery);

    /// <summary>A parameter, wherever it stands; the first of two wins. Null when it is missing or empty.</summary>
    public string? Find(string name) => Find(name, _parameters.Count);

    private string? Find(string name, int among)
    {
        for (var i = 0; i < among; i++)
        {
            if (_parameters[i].Key == name)
            {
                return _parameters[i].Value is { Length: > 0 } value ? value : null;
            }
        }

        return null;
    }
}
