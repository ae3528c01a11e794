using CloudLb.AwsApi;
using CloudLb.Core;

namespace CloudLb.Acm;

/// <summary>Makes what is thrown of an error that the contract, or AWS's table of common errors, has.</summary>
internal static class Refusals
{
    public static ServiceException Because(this ErrorContract error, string message) => new(error.Code, error.HttpStatus, message);
}
