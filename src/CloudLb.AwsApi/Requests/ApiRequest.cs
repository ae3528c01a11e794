using CloudLb.AwsApi.Protocols.Query;

namespace CloudLb.AwsApi.Requests;

/// <summary>A request as it came over HTTP, taken in once for the signature and for the operation. Nothing is built of it before its signature holds.</summary>
internal sealed class ApiRequest
{
    private readonly byte[] _query;
    private ReadOnlyMemory<byte> _form;
    private List<KeyValuePair<string, string>>? _parameters;

    /// <param name="query">The query string as sent, without the question mark; well-formed.</param>
    public ApiRequest(byte[] query)
    {
        _query = query;
        Action = Find("Action");
        Version = Find("Version");
    }

    /// <summary>Those of the query string, then those of the body.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters ??= Parse();

    /// <summary>SHA-256 of the raw body. Null until it was read to its end.</summary>
    public byte[]? BodyHash { get; private set; }

    /// <summary>Null when it is missing or empty; one of the body is known once that was read.</summary>
    public string? Action { get; private set; }

    /// <summary>As for <see cref="Action"/>.</summary>
    public string? Version { get; private set; }

    /// <summary>As it came; empty until it was read to its end.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <param name="isForm">Whether there are parameters in it, well-formed, or it counts for the signature only.</param>
    public void AddBody(ReadOnlyMemory<byte> body, bool isForm, byte[] hash)
    {
        var form = isForm ? body : default;
        (Body, BodyHash, _form) = (body, hash, form);
        _parameters = null;
        if (!form.IsEmpty)
        {
            Action = Find("Action");
            Version = Find("Version");
        }
    }

    /// <summary>A parameter of the query string alone; the first of two wins. Null when it is missing or empty.</summary>
    public string? FindInQuery(string name) => NotEmpty(ParameterScan.Find(_query, name));

    /// <summary>A parameter, wherever it stands; the first of two wins. Null when it is missing or empty.</summary>
    public string? Find(string name) => NotEmpty(ParameterScan.Find(_query, name) ?? ParameterScan.Find(_form.Span, name));

    private static string? NotEmpty(string? value) => value is { Length: > 0 } ? value : null;

    private List<KeyValuePair<string, string>> Parse()
    {
        var parameters = new List<KeyValuePair<string, string>>();
        ParameterParser.Parse(_query, parameters);
        ParameterParser.Parse(_form.Span, parameters);
        return parameters;
    }
}
