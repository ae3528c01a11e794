namespace CloudLb.HAProxy.Configuration;

/// <summary>
/// Why a token is refused, for the access log alone, in AWS's words: the first reason that is met. A request with a token that is good
/// costs each of these lines no more than a look whether it is.
/// </summary>
/// <remarks>AWS's words for keys that cannot be fetched are not known, so such requests have none.</remarks>
/// <param name="text">Where requests are looked at.</param>
/// <param name="isRefused">Which requests have not shown what they must, as a condition.</param>
/// <param name="token">The variable of the token.</param>
/// <param name="claims">That of its claims.</param>
/// <param name="areKeysKnown">Whether there are keys; without any nothing of a token is looked at but its form.</param>
internal sealed class TokenReasons(ConfigText text, string isRefused, string token, string claims, bool areKeysKnown)
{
    // What a log tells of where a request was led to; one that is refused is led nowhere.
    private const string Reason = "txn.location";

    private const string Form = "^[A-Za-z0-9_-]+[.][A-Za-z0-9_-]+[.][A-Za-z0-9_-]+$";

    /// <summary>After all keys were tried.</summary>
    public void WriteSignature()
    {
        Write("JWTHeaderNotPresent", " !{ req.fhdr_cnt(authorization) gt 0 }");
        Write("JWTRequestFormatInvalid", $" !{{ var({token}) -m reg {Form} }}");
        if (areKeysKnown)
        {
            Write("JWTSignatureValidationError", "");
        }
    }

    /// <summary>After the head was looked at.</summary>
    public void WriteForm()
    {
        if (areKeysKnown)
        {
            Write("JWTRequestFormatInvalid", $" {{ var({token}),field(1,.),ub64dec -m sub '\"crit\"' }}");
        }
    }

    /// <summary>After a claim was.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="begin">What it begins with where it has its form, as an expression.</param>
    public void WriteClaim(string name, string begin)
    {
        if (areKeysKnown)
        {
            Write("JWTClaimNotPresent", $" !{{ var({claims}) -m reg '{ClaimExpression.Begins(name, "")}' }}");
            Write("JWTClaimFormatInvalid", $" !{{ var({claims}) -m reg '{ClaimExpression.Begins(name, begin)}' }}");
            Write("JWTClaimValueInvalid", "");
        }
    }

    private void Write(string reason, string condition) =>
        text.Line("http-request").Constant($"set-var({Reason}) str({reason}) if {isRefused} !{{ var({Reason}) -m found }}{condition}");
}
