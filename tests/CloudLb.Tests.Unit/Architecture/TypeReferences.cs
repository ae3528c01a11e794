using System.Reflection;
using System.Reflection.Emit;

namespace CloudLb.Tests.Unit.Architecture;

/// <summary>
/// Reads out of a built type which other types it knows: by its base and members, and by what its code does, closures and state machines
/// included.
/// </summary>
internal static class TypeReferences
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<Type> Of(Type type)
    {
        var methods = type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).ToList();
        return new[] { type.BaseType }.OfType<Type>()
            .Concat(type.GetInterfaces())
            .Concat(type.GetFields(All).Select(field => field.FieldType))
            .Concat(methods.SelectMany(SignatureOf))
            .Concat(methods.SelectMany(method => CodeOf(type, method)))
            .SelectMany(Parts)
            .Distinct();
    }

    private static IEnumerable<Type> SignatureOf(MethodBase method)
    {
        var parameters = method.GetParameters().Select(parameter => parameter.ParameterType);
        return method is MethodInfo { ReturnType: var returned } ? parameters.Append(returned) : parameters;
    }

    private static IEnumerable<Type> CodeOf(Type type, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return [];
        }

        var ofType = type.IsGenericType ? type.GetGenericArguments() : null;
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        return body.LocalVariables.Select(local => local.LocalType)
            .Concat(body.ExceptionHandlingClauses
                .Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                .Select(clause => clause.CatchType!))
            .Concat(TokensIn(body.GetILAsByteArray()!)
                .Select(token => method.Module.ResolveMember(token, ofType, ofMethod)!)
                .SelectMany(TypesOf))
            .OfType<Type>();
    }

    private static IEnumerable<Type> TypesOf(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType!, field.FieldType],
        MethodBase method =>
        [
            .. method.DeclaringType is { } declaring ? [declaring] : (Type[])[],
            .. SignatureOf(method),
            .. method.IsGenericMethod ? method.GetGenericArguments() : [],
        ],
        _ => [],
    };

    /// <summary>The tokens of types, fields and methods in a method's code.</summary>
    private static IEnumerable<int> TokensIn(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xfe ? unchecked((short)(0xfe00 | code[at + 1])) : code[at];
            var operation = OpCodesByValue[value];
            at += operation.Size;
            if (operation.OperandType
                is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }

    /// <summary>A type with what it is made of.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        var whole = type.HasElementType ? type.GetElementType()! : type;
        return whole.HasElementType ? Parts(whole)
            : whole.IsGenericType ? whole.GetGenericArguments().SelectMany(Parts).Prepend(whole.GetGenericTypeDefinition())
            : [whole];
    }
}
