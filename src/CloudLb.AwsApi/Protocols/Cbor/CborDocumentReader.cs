using System.Formats.Cbor;
using CloudLb.AwsApi.Protocols.Documents;

namespace CloudLb.AwsApi.Protocols.Cbor;

/// <summary>Takes a CBOR document apart, within the limits of any request. Lengths may be definite or not.</summary>
internal sealed class CborDocumentReader
{
    private const string Form = "CBOR map";

    private readonly DocumentBudget _budget = new();
    private readonly CborReader _cbor;

    private CborDocumentReader(ReadOnlyMemory<byte> body)
    {
        _cbor = new(body, CborConformanceMode.Strict);
    }

    /// <summary>An empty body is an empty map.</summary>
    /// <exception cref="WireException">SerializationException for what is no map; a limit is passed.</exception>
    public static CborValue Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return new CborValue(new Dictionary<string, DocumentValue>());
        }

        try
        {
            var reader = new CborDocumentReader(body);
            var root = reader._cbor.PeekState() == CborReaderState.StartMap
                ? reader.Structure(1)
                : throw SerializationErrors.NotADocument(Form);
            return reader._cbor.BytesRemaining == 0 ? root : throw SerializationErrors.NotADocument(Form);
        }
        catch (Exception exception) when (
            exception is CborContentException or InvalidOperationException or OverflowException or FormatException)
        {
            throw SerializationErrors.NotADocument(Form);
        }
    }

    private CborValue Structure(int depth)
    {
        DocumentBudget.CheckDepth(depth);
        var members = new Dictionary<string, DocumentValue>(StringComparer.Ordinal);
        _cbor.ReadStartMap();
        while (_cbor.PeekState() != CborReaderState.EndMap)
        {
            var name = _cbor.ReadTextString();
            DocumentBudget.CheckName(name);
            if (Value(depth) is { } value && !members.TryAdd(name, value))
            {
                throw SerializationErrors.Twice(name);
            }
        }

        _cbor.ReadEndMap();
        return new CborValue(members);
    }

    private CborValue List(int depth)
    {
        DocumentBudget.CheckDepth(depth);
        var items = new List<DocumentValue>();
        _cbor.ReadStartArray();
        while (_cbor.PeekState() != CborReaderState.EndArray)
        {
            if (Value(depth) is { } value)
            {
                items.Add(value);
            }
        }

        _cbor.ReadEndArray();
        return new CborValue(items.ToArray());
    }

    private CborValue? Value(int depth)
    {
        _budget.AddValue();
        switch (_cbor.PeekState())
        {
            case CborReaderState.StartMap:
                return Structure(depth + 1);

            case CborReaderState.StartArray:
                return List(depth + 1);

            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return new CborValue(_cbor.ReadTextString());

            case CborReaderState.ByteString or CborReaderState.StartIndefiniteLengthByteString:
                return new CborValue(_cbor.ReadByteString());

            case CborReaderState.Boolean:
                return new CborValue(_cbor.ReadBoolean());

            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return new CborValue(Whole());

            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                return new CborValue(_cbor.ReadDouble());

            case CborReaderState.Tag:
                return Timestamp();

            case CborReaderState.Null:
                _cbor.ReadNull();
                return null;

            case CborReaderState.SimpleValue when _cbor.ReadSimpleValue() == CborSimpleValue.Undefined:
                return null;

            default:
                throw SerializationErrors.NotADocument(Form);
        }
    }

    private long Whole()
    {
        try
        {
            return _cbor.ReadInt64();
        }
        catch (OverflowException)
        {
            throw SerializationErrors.NumberTooLarge();
        }
    }

    /// <summary>The one tag that the protocol has: seconds since 1970.</summary>
    private CborValue Timestamp()
    {
        if (_cbor.ReadTag() != CborTag.UnixTimeSeconds)
        {
            throw SerializationErrors.NotADocument(Form);
        }

        double seconds = _cbor.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger
            ? Whole()
            : _cbor.ReadDouble();
        return EpochSeconds.TryRead(seconds, out var time)
            ? new CborValue(time)
            : throw SerializationErrors.NotConvertible(seconds, "Timestamp");
    }
}
