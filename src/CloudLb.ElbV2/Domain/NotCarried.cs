using CloudLb.Core;

namespace CloudLb.ElbV2.Domain;

/// <summary>
/// What AWS has and CloudLb does not carry: refused with an error of AWS's that names the parameter, never taken without effect. Each is
/// listed with its reason in <c>docs/elbv2.md</c>.
/// </summary>
internal static class NotCarried
{
    /// <param name="parameter">Its name on the wire, or an attribute's key.</param>
    /// <param name="value">What was asked for.</param>
    public static ServiceException Because(string parameter, string value) =>
        Errors.InvalidConfigurationRequest.Because($"The value '{ResourceNames.Cut(value)}' of '{parameter}' is not supported");

    /// <summary>The same, where the machine or its settings stand in the way.</summary>
    /// <param name="parameter">Its name on the wire, or an attribute's key.</param>
    /// <param name="value">What was asked for.</param>
    /// <param name="why">What does, without a stop.</param>
    public static ServiceException Because(string parameter, string value, string why) =>
        Errors.InvalidConfigurationRequest.Because($"The value '{ResourceNames.Cut(value)}' of '{parameter}' is not supported: {why}");

    /// <summary>A parameter that may not be given at all.</summary>
    public static ServiceException Because(string parameter) =>
        Errors.InvalidConfigurationRequest.Because($"The parameter '{parameter}' is not supported");

    /// <summary>Throws unless a parameter is absent, empty or the default that is carried.</summary>
    public static void Unless(string parameter, string? value, string @default)
    {
        if (!string.IsNullOrEmpty(value) && value != @default)
        {
            throw Because(parameter, value);
        }
    }
}
