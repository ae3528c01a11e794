using CloudLb.AwsApi.Protocols.Query;

namespace CloudLb.AwsApi.Requests;

/// <summary>
/// A request as it came over HTTP, taken in once for the signature and for the operation. Nothing is built of it before its signature
/// holds.
/// </summary>
internal sealed class ApiRequest
{
    private readonly byte[] _query;
    private ReadOnlyMemory<byte> _form;
    private List<KeyValuePair<string, string>>? _parameters;

    /// <param name="query">The query string as sent, without the question mark; well-formed.</param>
    /// <param name="target">Of a call in JSON or CBOR.</param>
    public ApiRequest(byte[] query, RpcTarget? target = null)
    {
        _query = query;
        Target = target;
        Action = target is null ? Find("Action") : target.Operation;
        Version = target is null ? Find("Version") : null;
    }

    /// <summary>Null for a form, or a query string.</summary>
    public RpcTarget? Target { get; }

    /// <summary>Those of the query string, then those of the body. None of a call in JSON or CBOR.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters => _parameters ??= Target is null ? Parse() : [];

    /// <summary>SHA-256 of the raw body. Null until it was read to its end.</summary>
    public byte[]? BodyHash { get; private set; }

    /// <summary>Null when it is missing or empty; one of the body is known once that was read.</summary>
    public string? Action { get; private set; }

    /// <summary>As for <see cref="Action"/>. Calls in JSON and CBOR have none.</summary>
    public string? Version { get; private set; }

    /// <summary>As it came; empty until it was read to its end.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>What stands in the body, once that was read: as it came, or decompressed.</summary>
    public ReadOnlyMemory<byte> Content { get; private set; }

    /// <param name="body">As it came.</param>
    /// <param name="isForm">Whether there are parameters in it, well-formed, or it counts for the signature only.</param>
    /// <param name="hash">Of the body.</param>
    public void AddBody(ReadOnlyMemory<byte> body, bool isForm, byte[] hash)
    {
        (Body, BodyHash) = (body, hash);
        AddContent(body, isForm);
    }

    /// <summary>What the body says, which may not be what was sent.</summary>
    /// <param name="content">Decompressed where it was not.</param>
    /// <param name="isForm">Whether there are parameters in it, well-formed.</param>
    public void AddContent(ReadOnlyMemory<byte> content, bool isForm)
    {
        (Content, _form) = (content, isForm ? content : default);
        _parameters = null;
        if (!_form.IsEmpty)
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
