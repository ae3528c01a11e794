namespace CloudLb.AwsApi.Shapes;

/// <summary>Reads one structure and holds every member against the model.</summary>
/// <remarks>
/// A member that is absent is null. Of names that the model does not know nothing is said, as at AWS. A wrong structure ends the reading at
/// once; of a
/// request the broken constraints are collected (<see cref="Violations"/>), an answer needs no more than its required members.
/// </remarks>
public sealed partial class ShapeReader
{
    private readonly WireValue _value;
    private readonly ShapeReader? _parent;
    private readonly string _name;
    private readonly string? _key;
    private readonly Violations? _violations;

    private ShapeReader(WireValue value, ShapeReader? parent, string name, string? key, Violations? violations)
    {
        _value = value;
        _parent = parent;
        _name = name;
        _key = key;
        _violations = violations;
    }

    /// <exception cref="WireException">The protocol's own error for a wrong structure, ValidationError for broken constraints.</exception>
    internal static TRequest ReadRequest<TRequest>(WireValue root)
        where TRequest : IShape<TRequest>
    {
        root.ExpectMessage();
        var violations = new Violations();
        var request = TRequest.Read(new ShapeReader(root, null, "", null, violations));
        violations.ThrowIfAny();
        return request;
    }

    /// <param name="root">Takes the answer apart.</param>
    /// <param name="name">For messages.</param>
    /// <exception cref="InvalidDataException">It is not such an answer.</exception>
    internal static TResponse ReadAnswer<TResponse>(Func<WireValue> root, string name)
        where TResponse : IShape<TResponse>
    {
        try
        {
            return TResponse.Read(new ShapeReader(root(), null, name, null, null));
        }
        catch (WireException exception)
        {
            throw new InvalidDataException($"The {name} cannot be read: {exception.Message}", exception);
        }
    }

    /// <param name="name">The member's name.</param>
    /// <param name="required">Whether it must be there.</param>
    /// <param name="minLength">In characters.</param>
    /// <param name="maxLength">In characters.</param>
    /// <param name="pattern">What the whole value must match.</param>
    /// <param name="isSecret">Whether an error must not repeat the value; AWS leaves it out then.</param>
    public string? String(
        string name, bool required = false, int? minLength = null, int? maxLength = null, StringPattern? pattern = null,
        bool isSecret = false)
    {
        var value = _value.Member(name)?.Text();
        if (value is null)
        {
            Require(name, required);
            return null;
        }

        if (_violations is not null)
        {
            var shown = isSecret ? Violations.Secret : value;
            CheckLength(name, value.Length, minLength, maxLength, shown);
            if (pattern is not null && !pattern.IsMatch(value))
            {
                _violations.Add(shown, PathOf(name), pattern.Constraint);
            }
        }

        return value;
    }

    public int? Int32(string name, bool required = false, int? min = null, int? max = null)
    {
        if (Present(name, required) is not { } value)
        {
            return null;
        }

        if (!Element.Narrow(value, out var number))
        {
            throw NotA(value, "integer", name);
        }

        CheckRange(name, number, min, max);
        return number;
    }

    public long? Int64(string name, bool required = false, long? min = null, long? max = null)
    {
        if (Present(name, required) is not { } value)
        {
            return null;
        }

        if (!value.TryInt64(out var number))
        {
            throw NotA(value, "long", name);
        }

        CheckRange(name, number, min, max);
        return number;
    }

    public double? Double(string name, bool required = false, double? min = null, double? max = null)
    {
        if (Present(name, required) is not { } value)
        {
            return null;
        }

        if (!value.TryDouble(out var number))
        {
            throw NotA(value, "double", name);
        }

        CheckRange(name, number, min, max);
        return number;
    }

    public bool? Boolean(string name, bool required = false) =>
        Present(name, required) is not { } value ? null : value.TryBoolean(out var truth) ? truth : throw NotA(value, "boolean", name);

    public DateTimeOffset? Timestamp(string name, bool required = false) =>
        Present(name, required) is not { } value ? null : value.TryTimestamp(out var time) ? time : throw NotA(value, "timestamp", name);

    /// <summary>Base64 where the protocol knows texts only. Its length is that of the bytes.</summary>
    public ReadOnlyMemory<byte>? Blob(string name, bool required = false, int? minLength = null, int? maxLength = null)
    {
        if (Present(name, required) is not { } value)
        {
            return null;
        }

        if (!value.TryBlob(out var blob))
        {
            throw NotA(value, "blob", name);
        }

        CheckLength(name, blob.Length, minLength, maxLength, Violations.Secret);
        return blob;
    }

    public TShape? Structure<TShape>(string name, bool required = false)
        where TShape : class, IShape<TShape>
    {
        if (Present(name, required) is not { } value)
        {
            return null;
        }

        value.ExpectStructure();
        return TShape.Read(new ShapeReader(value, this, name, null, _violations));
    }

    /// <summary>The reader of a structure, list or map that is an element of this one.</summary>
    internal ShapeReader Of(WireValue value, string key) => new(value, this, "", key, _violations);

    /// <summary>What to say of an element that is of another type.</summary>
    internal Exception NotA(WireValue value, string type) => _violations is null ? Unreadable(_name) : value.NotA(type, Path());

    private static InvalidDataException Unreadable(string name) => new($"The {name} cannot be read.");

    private Exception NotA(WireValue value, string type, string name) =>
        _violations is null ? Unreadable(name) : value.NotA(type, PathOf(name));

    /// <summary>The member, unless it counts as absent.</summary>
    private WireValue? Present(string name, bool required)
    {
        if (_value.Member(name) is { IsEmpty: false } value)
        {
            return value;
        }

        Require(name, required);
        return null;
    }

    private void Require(string name, bool required)
    {
        if (required)
        {
            (_violations ?? throw new InvalidDataException($"The {_name} has no {name}.")).Add(
                null, PathOf(name), "Member must not be null");
        }
    }

    /// <summary>camelCase, as AWS writes it: only the first letter changes (<c>sSLCertificateId</c>).</summary>
    private static string Place(string name) =>
        name.Length == 0 ? "" : string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));

    /// <summary>Made only when there is something to complain about.</summary>
    private string PathOf(string name) => Path() is { Length: > 0 } path ? $"{path}.{Place(name)}" : Place(name);

    /// <remarks>Coral, the framework behind AWS's services, names an item so: tags.1.member.key</remarks>
    private string Path()
    {
        if (_parent is null)
        {
            return "";
        }

        var own = _key is null ? Place(_name) : $"{_key}{_value.ItemStep}";
        return _parent.Path() is { Length: > 0 } path ? $"{path}.{own}" : own;
    }
}
