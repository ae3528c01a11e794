using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudLb.Core.Accounts;

/// <summary>An AWS account number: twelve decimal digits.</summary>
[JsonConverter(typeof(AccountIdJsonConverter))]
public readonly record struct AccountId : IComparable<AccountId>
{
    private readonly string? _digits;

    public AccountId(string digits)
    {
        if (!IsValid(digits))
        {
            throw new ArgumentException("An account id is twelve decimal digits.", nameof(digits));
        }

        _digits = digits;
    }

    public static bool IsValid(string? digits) => digits is { Length: 12 } && digits.All(char.IsAsciiDigit);

    public int CompareTo(AccountId other) => string.CompareOrdinal(_digits, other._digits);

    public override string ToString() => _digits ?? "000000000000";
}

/// <summary>Writes an account id as a JSON string.</summary>
public sealed class AccountIdJsonConverter : JsonConverter<AccountId>
{
    public override AccountId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, AccountId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
